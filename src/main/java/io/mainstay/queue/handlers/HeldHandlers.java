package io.mainstay.queue.handlers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Handlers whose jobs no instance may claim, except one from time to time as a probe. Checked before each claim, for
 * in-process and remote workers: {@link #claimable} says what a claim may ask for, {@link #probe} whether it is to be a probe
 * instead of that. Thread-safe; answers at once. {@code jobtype} implements it.
 */
public interface HeldHandlers {

    /** Of none. */
    HeldHandlers NONE = new HeldHandlers() {
        @Override
        public Optional<Hold> hold(HandlerName handler) {
            return Optional.empty();
        }

        @Override
        public Set<HandlerName> claimable(Set<HandlerName> handlers) {
            return handlers;
        }

        @Override
        public boolean mayClaim(QueueName queue, HandlerName handler) {
            return true;
        }

        @Override
        public Optional<HandlerName> probe(QueueName queue, Set<HandlerName> handlers) {
            return Optional.empty();
        }

        @Override
        public void probed(QueueName queue, HandlerName handler, boolean found) {}
    };

    /**
     * Why a handler is held.
     *
     * @param since by the store's clock
     * @param failed how many attempts had failed by then; 0 if somebody held it by hand, and then there are no probes
     */
    record Hold(Instant since, int failed) {

        public boolean byHand() {
            return failed == 0;
        }
    }

    /** Why it is held; empty if it is not. */
    Optional<Hold> hold(HandlerName handler);

    default boolean held(HandlerName handler) {
        return hold(handler).isPresent();
    }

    /** Those of the handlers that a claim may ask for; the same set if all. */
    Set<HandlerName> claimable(Set<HandlerName> handlers);

    /**
     * Whether a claim for jobs of that handler from that queue is of use now. To be asked by who serves the handler and
     * has heard of such jobs: if it is held, they are what is tried once its time has come.
     */
    boolean mayClaim(QueueName queue, HandlerName handler);

    /**
     * A handler of which this claim is to bring one job, and nothing else, as a probe; empty most of the time. To be followed
     * by {@link #probed}.
     *
     * @param handlers those that the claimant serves
     */
    Optional<HandlerName> probe(QueueName queue, Set<HandlerName> handlers);

    /** @param found whether the claim brought a job */
    void probed(QueueName queue, HandlerName handler, boolean found);
}
