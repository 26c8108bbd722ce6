package io.mainstay.worker;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.WorkerTroubles;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the worker pool is doing. Thread-safe. */
@Singleton
class PoolStatus implements WorkerStatus {

    private final WorkerConfig config;
    private final QueueWeights queues;
    private final WorkerSlots slots;
    private final ClaimSender claims;
    private final LoopProbe probe;
    private final WorkerEvents events;

    PoolStatus(
            WorkerConfig config,
            QueueWeights queues,
            WorkerSlots slots,
            ClaimSender claims,
            LoopProbe probe,
            WorkerEvents events) {
        this.config = config;
        this.queues = queues;
        this.slots = slots;
        this.claims = claims;
        this.probe = probe;
        this.events = events;
    }

    @Override
    public boolean enabled() {
        return config.enabled();
    }

    @Override
    public boolean draining() {
        return slots.closed();
    }

    @Override
    public boolean drained() {
        return claims.drained();
    }

    /** Free workers claim from whatever queue has work; with none, queues are not swept from here. */
    @Override
    public boolean claimsFromAll() {
        return queues.all() && enabled() && !draining() && !drained() && busy() < concurrency() && !slots.overloaded();
    }

    @Override
    public boolean serves(QueueName queue) {
        return enabled() && configuredFor(queue);
    }

    @Override
    public boolean configuredFor(QueueName queue) {
        return queues.serves(queue);
    }

    @Override
    public Set<HandlerName> handlers() {
        return claims.handlers();
    }

    @Override
    public int concurrency() {
        return config.concurrency();
    }

    @Override
    public int busy() {
        return slots.busy();
    }

    @Override
    public Uni<List<RunningJob>> running(int most) {
        return probe.running(most);
    }

    @Override
    public Set<QueueName> queues() {
        return queues.named().keySet();
    }

    @Override
    public int unsettled() {
        return slots.unsettled();
    }

    @Override
    public int overdue() {
        return slots.overdue();
    }

    @Override
    public Duration loopLag() {
        return enabled() ? probe.lag() : Duration.ZERO;
    }

    @Override
    public int stuck() {
        return probe.stuck();
    }

    @Override
    public Optional<Duration> sinceLastClaim() {
        return claims.sinceLastClaim();
    }

    @Override
    public WorkerTroubles troubles() {
        return events.troubles();
    }
}
