package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Idle workers, four of them, whose figures a test sets. */
public final class WorkersByHand implements WorkerStatus {

    public boolean enabled = true;
    public boolean draining;
    public boolean drained;
    public List<RunningJob> running = List.of();
    public int concurrency = 4;
    public int busy;
    public int overdue;
    public int stuck;
    public Duration loopLag = Duration.ZERO;
    public WorkerTroubles troubles = WorkerTroubles.NONE;
    private Duration sinceLastClaim;

    public void lastClaim(Duration ago) {
        sinceLastClaim = ago;
    }

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public boolean drained() {
        return drained;
    }

    @Override
    public Uni<List<RunningJob>> running(int most) {
        return Uni.createFrom().item(running.stream().limit(most).toList());
    }

    @Override
    public Set<QueueName> queues() {
        return Set.of();
    }

    @Override
    public boolean claimsFromAll() {
        return true;
    }

    @Override
    public boolean serves(QueueName queue) {
        return enabled;
    }

    @Override
    public boolean configuredFor(QueueName queue) {
        return !queue.value().startsWith("others-");
    }

    @Override
    public Duration loopLag() {
        return loopLag;
    }

    @Override
    public int stuck() {
        return stuck;
    }

    @Override
    public Set<HandlerName> handlers() {
        return SomeClaim.HANDLERS;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public int busy() {
        return busy;
    }

    @Override
    public int unsettled() {
        return 0;
    }

    @Override
    public int overdue() {
        return overdue;
    }

    @Override
    public Optional<Duration> sinceLastClaim() {
        return Optional.ofNullable(sinceLastClaim);
    }

    @Override
    public WorkerTroubles troubles() {
        return troubles;
    }
}
