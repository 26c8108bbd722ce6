package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final StoreStatus first = new StoreStatus() {
        @Override
        public String name() {
            return "first";
        }

        @Override
        public boolean takesJobs() {
            return storeAnswers && (canary.taken() || !workers.enabled());
        }

        @Override
        public Duration canaryAge() {
            return canary.age();
        }
    };

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

    /** Whether the first store answered when it was last asked. */
    boolean storeAnswers() {
        return storeAnswers;
    }

    /** The same of any store. */
    boolean someStoreAnswers() {
        return storeAnswers || probe.others().anyAnswers();
    }

    /** What was seen of each. */
    List<StoreStatus> stores() {
        List<StoreStatus> all = new ArrayList<>(List.of(first));
        all.addAll(probe.others().all());
        return all;
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
