package io.mainstay.worker;

import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The one event loop that owns the state of the worker pool, instead of locks. Whatever a task throws is caught,
 * logged and counted, and the loop goes on. Every call to the store gets exactly one answer here, even if the store
 * never gives one.
 *
 * <p>Tasks from other threads share one wake-up of the loop (a wake-up costs a system call, and blocking handlers end
 * by the ten thousand a second).
 */
@Singleton
final class WorkerLoop {

    /** Tasks from other threads per turn, so that they cannot keep the loop from its sockets. */
    private static final int MOST_PER_TURN = 1024;

    private final EventLoop loop;
    private final WorkerEvents events;
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean drainDue = new AtomicBoolean();
    private final Set<StoreCall<?>> underWay = new LinkedHashSet<>();
    private Runnable dispatch = () -> {};
    private boolean dispatchDue;

    WorkerLoop(Vertx vertx, WorkerEvents events) {
        this.loop = VertxInternals.newEventLoop(vertx);
        this.events = events;
    }

    WorkerEvents events() {
        return events;
    }

    /** @param dispatch does all that can be done from the state as it is */
    void onDispatch(Runnable dispatch) {
        this.dispatch = dispatch;
    }

    /**
     * Asks for a dispatch. However often it is asked for within a turn, it comes once, after the turn: by then all that
     * ended together can be settled, and as much claimed, in one go. Loop only.
     */
    void dispatchSoon() {
        if (!dispatchDue) {
            afterTurn(this::runDispatch);
            dispatchDue = true;
        }
    }

    /** Trusts nothing: should an earlier dispatch have been lost, this one comes. Loop only. */
    void dispatchAnyway() {
        dispatchDue = false;
        dispatchSoon();
    }

    /** Runs the task now if on the loop, else soon. Any thread. */
    void run(Runnable task) {
        if (loop.isCurrent()) {
            guarded(task);
        } else {
            mailbox.add(task);
            wake();
        }
    }

    /** Runs the task after the current turn. */
    void afterTurn(Runnable task) {
        loop.later(() -> guarded(task));
    }

    /** @return cancels the timer */
    Runnable after(Duration wait, Runnable task) {
        long id = loop.setTimer(Math.max(1, wait.toMillis()), fired -> guarded(task));
        return () -> loop.cancelTimer(id);
    }

    /** Runs user code now, with context locals of its own; for the loop's thread only. */
    void inOwnContext(Runnable userCode) {
        loop.inOwnContext(userCode);
    }

    /**
     * Calls the store and hands its answer, or why there is none, to {@code answer}: once, on the loop. An answer that
     * comes after {@code bound} is dropped; every call can be sent again.
     */
    <T> void call(Supplier<Uni<T>> action, Duration bound, BiConsumer<T, Throwable> answer) {
        StoreCall<T> call = new StoreCall<>(answer);
        underWay.add(call);
        call.stopClock = after(bound, () -> call.end(null, new TimeoutException("no answer within " + bound)));
        try {
            action.get()
                    .subscribe()
                    .with(item -> run(() -> call.end(item, null)), failure -> run(() -> call.end(null, failure)));
        } catch (Throwable thrown) {
            call.end(null, thrown);
        }
    }

    /** Whether a call failed because the store could not be reached, rather than disliked what it got. */
    static boolean storeUnavailable(Throwable failure) {
        return failure instanceof StoreUnavailableException
                || failure instanceof StoreRefusedException
                || failure instanceof TimeoutException;
    }

    /** Gives up all calls under way, as if each had failed with {@code why}. */
    void failCalls(Throwable why) {
        for (StoreCall<?> call : List.copyOf(underWay)) {
            run(() -> call.end(null, why));
        }
    }

    /** Has tasks from other threads looked at even if an earlier wake-up was lost. Any thread. */
    void wakeAnyway() {
        drainDue.set(true);
        loop.later(this::drainMailbox);
    }

    private void runDispatch() {
        dispatchDue = false;
        dispatch.run();
    }

    private void wake() {
        if (drainDue.compareAndSet(false, true)) {
            loop.later(this::drainMailbox);
        }
    }

    private void drainMailbox() {
        // Cleared first: a task added from here on wakes the loop again, so none is left lying.
        drainDue.set(false);
        Runnable task;
        for (int taken = 0; taken < MOST_PER_TURN && (task = mailbox.poll()) != null; taken++) {
            guarded(task);
        }
        if (!mailbox.isEmpty()) {
            wake();
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            events.unexpected(thrown);
        }
    }

    private final class StoreCall<T> {
        private final BiConsumer<T, Throwable> answer;
        private Runnable stopClock;
        private boolean ended;

        StoreCall(BiConsumer<T, Throwable> answer) {
            this.answer = answer;
        }

        void end(T item, Throwable failure) {
            if (ended) {
                return;
            }
            ended = true;
            underWay.remove(this);
            stopClock.run();
            boolean empty = item == null && failure == null;
            answer.accept(item, empty ? new IllegalStateException("the store answered nothing") : failure);
        }
    }
}
