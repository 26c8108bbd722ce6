package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the watchdog looks at. Everything here answers at once; what takes time is begun and looked at later. */
@Singleton
class HealthSignals {

    final WorkerStatus workers;
    final CanaryJob canary;
    final ClaimLog claims;
    private final EventLoopProbe loops;
    private final StoreProbe probe;
    private final StuckQueues stuckQueues;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean storeAnswers;
    private volatile boolean someShardIsSilent;

    HealthSignals(
            WorkerStatus workers,
            CanaryJob canary,
            ClaimLog claims,
            EventLoopProbe loops,
            StoreProbe probe,
            StuckQueues stuckQueues) {
        this.workers = workers;
        this.canary = canary;
        this.claims = claims;
        this.loops = loops;
        this.probe = probe;
        this.stuckQueues = stuckQueues;
    }

    /** Asks the store, and sends a canary. */
    void ask() {
        if (probing.compareAndSet(false, true)) {
            probe.look().subscribe().with(answer -> {
                probing.set(false);
                storeAnswers = answer instanceof StoreAnswer.Reached;
                someShardIsSilent = answer instanceof StoreAnswer.Reached some
                        && !some.silent().isEmpty();
                if (storeAnswers) {
                    stuckQueues.look();
                }
            });
        }
        if (workers.enabled() && !workers.draining()) {
            if (someShardIsSilent && !canary.taken()) {
                canary.goElsewhere();
            }
            canary.send();
        }
    }

    /** Whether the store answered when it was last asked. */
    boolean storeAnswers() {
        return storeAnswers;
    }

    Optional<String> stuckQueue() {
        return stuckQueues.stuck().map(Object::toString);
    }

    Duration loopLag() {
        Duration ofWorkers = workers.loopLag();
        Duration ofAny = loops.lag();
        return ofWorkers.compareTo(ofAny) > 0 ? ofWorkers : ofAny;
    }
}
