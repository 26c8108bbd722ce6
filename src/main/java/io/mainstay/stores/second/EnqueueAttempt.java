package io.mainstay.stores.second;

import io.mainstay.job.MainstayException;
import io.mainstay.queue.Enqueued;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One job on its way into one store and, if that does not take it in time, into the other as well: the first that takes it
 * answers, and it fails only if neither does. So a store that is merely late is still listened to. Thread-safe.
 */
final class EnqueueAttempt {

    private static final int UNAVAILABLE = 503;
    /** A timer that is later than that says that this process was paused, and its answers with it. */
    private static final Duration STALL = Duration.ofMillis(50);

    /**
     * A store as a job goes there.
     *
     * @param circuit must be told what becomes of it
     */
    record Side(Supplier<Uni<Enqueued>> enqueue, Circuit circuit) {}

    private final UniEmitter<? super Enqueued> emitter;
    private final Side to;
    private final Side otherwise;
    private final Duration patience;
    private long timedAt;
    private ScheduledFuture<?> timer;
    private boolean waitedOn;
    private boolean late;
    private boolean bothBegun;
    private long otherBegunAt;
    private Throwable failure;
    private boolean otherFailed;
    private boolean over;

    private EnqueueAttempt(UniEmitter<? super Enqueued> emitter, Side to, Side otherwise, Duration patience) {
        this.emitter = emitter;
        this.to = to;
        this.otherwise = otherwise;
        this.patience = patience;
    }

    static Uni<Enqueued> of(Side to, Side otherwise, Duration patience) {
        return Uni.createFrom().emitter(emitter -> new EnqueueAttempt(emitter, to, otherwise, patience).begin());
    }

    static boolean unavailable(Throwable failure) {
        return failure instanceof MainstayException known && known.status() == UNAVAILABLE;
    }

    private synchronized void begin() {
        time();
        to.enqueue.get().subscribe().with(this::taken, this::failed);
    }

    private void time() {
        timedAt = System.nanoTime();
        timer = Infrastructure.getDefaultWorkerPool()
                .schedule(this::timeIsOver, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void timeIsOver() {
        if (over || failure != null) {
            return;
        }
        long overdue = System.nanoTime() - timedAt - patience.toNanos();
        if (overdue > STALL.toNanos() && !waitedOn) {
            waitedOn = true;
            time();
            return;
        }
        late = true;
        to.circuit.failed();
        // Whatever is known of the other: one that is late itself is better than none.
        beginOther();
    }

    private synchronized void taken(Enqueued answer) {
        if (!late) {
            to.circuit.took();
        }
        end(() -> emitter.complete(answer));
    }

    private synchronized void failed(Throwable why) {
        if (!unavailable(why)) {
            to.circuit.took();
            end(() -> emitter.fail(why));
            return;
        }
        failure = why;
        if (!late) {
            to.circuit.failed();
        }
        if (otherFailed) {
            end(() -> emitter.fail(why));
        } else if (!bothBegun) {
            beginOther();
        }
    }

    private void beginOther() {
        bothBegun = true;
        otherBegunAt = System.nanoTime();
        otherwise.enqueue.get().subscribe().with(this::takenByOther, this::failedByOther);
    }

    private synchronized void takenByOther(Enqueued answer) {
        if (System.nanoTime() - otherBegunAt <= patience.toNanos()) {
            otherwise.circuit.took();
        }
        end(() -> emitter.complete(answer));
    }

    private synchronized void failedByOther(Throwable why) {
        if (!unavailable(why)) {
            otherwise.circuit.took();
            end(() -> emitter.fail(why));
            return;
        }
        otherwise.circuit.failed();
        otherFailed = true;
        if (failure != null) {
            end(() -> emitter.fail(failure));
        }
    }

    private void end(Runnable answer) {
        if (!over) {
            over = true;
            timer.cancel(false);
            answer.run();
        }
    }
}
