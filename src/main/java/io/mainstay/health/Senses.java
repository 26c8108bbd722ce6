package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the watchdog can perceive. Everything here answers at once; what takes time is begun and looked at later. */
@Singleton
class Senses {

    final WorkerStatus workers;
    final Canary canary;
    final ClaimLog claims;
    private final EventLoops loops;
    private final StoreProbe probe;
    private final DueJobs due;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean storeAnswers;

    Senses(WorkerStatus workers, Canary canary, ClaimLog claims, EventLoops loops, StoreProbe probe, DueJobs due) {
        this.workers = workers;
        this.canary = canary;
        this.claims = claims;
        this.loops = loops;
        this.probe = probe;
        this.due = due;
    }

    /** Asks the store, and sends a canary. */
    void ask() {
        if (probing.compareAndSet(false, true)) {
            probe.look().subscribe().with(answer -> {
                probing.set(false);
                storeAnswers = answer instanceof StoreAnswer.Reached;
                if (answer instanceof StoreAnswer.Reached reached) {
                    due.look(reached.queues());
                }
            });
        }
        if (workers.enabled() && !workers.draining()) {
            canary.send();
        }
    }

    /** Whether the store answered when it was last asked. */
    boolean storeAnswers() {
        return storeAnswers;
    }

    Optional<String> lyingQueue() {
        return due.lying().map(Object::toString);
    }

    Duration turnOwed() {
        Duration ofWorkers = workers.turnOwed();
        Duration ofAny = loops.turnOwed();
        return ofWorkers.compareTo(ofAny) > 0 ? ofWorkers : ofAny;
    }
}
