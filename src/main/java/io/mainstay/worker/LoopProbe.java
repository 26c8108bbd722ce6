package io.mainstay.worker;

import io.mainstay.job.Job;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.vertx.OwnLoops;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells whether the loops come round, that of the workers by asking for a turn through the same mailbox as everybody else. Nothing is asked
 * while a question is open, so a stuck loop finds one question waiting, not thousands. Thread-safe.
 */
@Singleton
final class LoopProbe {

    /** Time-outs are looked at many times a second; one that is ignored for this long is not looked at any more. */
    private static final Duration STUCK = Duration.ofSeconds(2);

    private final WorkerLoop loop;
    private final WorkerSlots slots;
    private final OwnLoops handlers;
    /** When the open question was asked; null if there is none. */
    private final AtomicReference<Long> asked = new AtomicReference<>();

    private volatile int stuck;

    LoopProbe(WorkerLoop loop, WorkerSlots slots, OwnLoops handlers) {
        this.loop = loop;
        this.slots = slots;
        this.handlers = handlers;
    }

    /** Of the workers' loop, or of one that handlers run on, whichever is longer. */
    Duration lag() {
        Duration ofWorkers = lagOfWorkers();
        Duration ofHandlers = handlers.lag();
        return ofWorkers.compareTo(ofHandlers) > 0 ? ofWorkers : ofHandlers;
    }

    /** Jobs that run, but canaries; those first that began first. It does not come while the loop is stuck. */
    Uni<List<RunningJob>> running(int most) {
        return Uni.createFrom()
                .emitter(answer -> loop.run(() -> answer.complete(
                        slots.attempts(attempt -> !attempt.queue().isPrivate()).stream()
                                .limit(most)
                                .map(attempt -> shown(attempt.job()))
                                .toList())));
    }

    private static RunningJob shown(Job job) {
        return new RunningJob(
                job.queue(),
                job.id(),
                job.spec().handler(),
                job.status().times().startedAt());
    }

    private Duration lagOfWorkers() {
        long now = System.nanoTime();
        if (asked.compareAndSet(null, now)) {
            loop.run(this::turn);
        }
        Long since = asked.get();
        return since == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
    }

    int stuck() {
        return stuck;
    }

    private void turn() {
        asked.set(null);
        long then = System.nanoTime() - STUCK.toNanos();
        stuck = slots.attempts(attempt -> attempt.pastDeadline(then)).size();
    }
}
