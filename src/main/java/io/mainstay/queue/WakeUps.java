package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.util.List;
import java.util.Set;

/**
 * Hints that a queue has due work, or that running jobs were cancelled. A hint may come late, twice or never: nothing may depend on it but speed.
 */
public interface WakeUps {

    /** Told on any thread; must return at once. */
    interface Listener {

        /**
         * The queue has due work.
         *
         * @param handlers of which there was none; empty if any may have some
         */
        void hint(QueueName queue, Set<HandlerName> handlers);

        /** These jobs were cancelled while they ran. */
        default void cancelled(QueueName queue, List<JobId> jobs) {}

        /** Hints may have been missed, of any queue: the subscription was lost, or is back. */
        void missed();
    }

    /**
     * Has {@code listener} told from now on.
     *
     * @return ends it when closed; idempotent
     */
    AutoCloseable listen(Listener listener);

    /** Whether hints are known to arrive at present. Never waits. */
    boolean live();

    /** The same of hints about the queues of one bucket, as the store has them: parts of it may have troubles of their own. */
    default boolean live(int bucket) {
        return live();
    }
}
