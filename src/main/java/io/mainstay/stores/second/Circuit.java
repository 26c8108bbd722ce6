package io.mainstay.stores.second;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether jobs of one queue are sent to a store. One that did not take a job in time gets no others for a while; then it is asked
 * something small, and only if that is answered in time one job is sent, and all of them once that was taken. So a
 * request hangs on a store that is away only if it is the first that meets that, and a store that is slow is
 * not given jobs that are given to the other one as well. Thread-safe.
 */
final class Circuit {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    /** Then somebody else tries: whoever did has gone. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(10);

    private enum State {
        CLOSED,
        OPEN,
        /** Something small is asked. */
        ASKING,
        /** That was answered: the next job goes there. */
        HALF_OPEN,
        /** A job is on its way there. */
        TRYING
    }

    private final Supplier<Uni<?>> question;
    private final LongSupplier nanoTime;
    private volatile State state = State.CLOSED;
    private long pause = FIRST_PAUSE.toNanos();
    /** When the state may be left, if it is one that waits. */
    private long until;

    /** @param question asked of the store before jobs go there again; fails if it is not answered in time */
    Circuit(Supplier<Uni<?>> question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
    }

    /** Whether the next job may go there. Who is told so must say what became of it. */
    boolean admits() {
        return state == State.CLOSED || admitsWhileOpen();
    }

    boolean open() {
        return state != State.CLOSED;
    }

    private boolean admitsWhileOpen() {
        boolean asks = false;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            switch (state) {
                case CLOSED:
                    return true;
                case HALF_OPEN:
                    enter(State.TRYING, LONGEST_TRY.toNanos());
                    return true;
                default:
                    if (now - until >= 0) {
                        enter(State.ASKING, LONGEST_TRY.toNanos());
                        asks = true;
                    }
            }
        }
        if (asks) {
            question.get().subscribe().with(answer -> answered(), failure -> unanswered());
        }
        return false;
    }

    /** A job was taken there, or refused for what it is. */
    void took() {
        if (state != State.CLOSED) {
            synchronized (this) {
                state = State.CLOSED;
                pause = FIRST_PAUSE.toNanos();
            }
        }
    }

    /** A job was not taken there, or not in time. */
    synchronized void failed() {
        if (state == State.CLOSED) {
            enter(State.OPEN, pause);
        } else if (state == State.TRYING) {
            longer();
        }
    }

    private synchronized void answered() {
        if (state == State.ASKING) {
            state = State.HALF_OPEN;
        }
    }

    private synchronized void unanswered() {
        if (state == State.ASKING) {
            // Not longer and longer: nobody waits for the question.
            enter(State.OPEN, FIRST_PAUSE.toNanos());
        }
    }

    private void longer() {
        pause = Math.min(LONGEST_PAUSE.toNanos(), 2 * pause);
        enter(State.OPEN, pause);
    }

    private void enter(State next, long lasting) {
        state = next;
        until = nanoTime.getAsLong() + lasting;
    }
}
