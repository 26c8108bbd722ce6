package io.mainstay.events;

import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;

/**
 * Carries state changes of jobs from the instances that made them to those that listen. At most once: a change may arrive
 * late or never, and nothing may depend on it. Without listeners, nothing is sent. Thread-safe; nothing here blocks.
 */
public interface ChangeFeed {

    /** Told on one event loop; must return at once. */
    interface Listener {

        void changed(StateChange change);

        /** What is set for a queue is another now, or it was deleted. */
        void changed(QueueName queue);

        /** So many changes were dropped by an instance that could not send them as fast as they came. */
        void dropped(long changes);

        /** From now on changes arrive; those between an earlier call and this one may not have. */
        void live();
    }

    /** Whether anybody, here or on another instance, wants to hear of changes. Never waits; asked for every change. */
    boolean wanted();

    /** Tells those who listen, this instance among them. To be called only while {@link #wanted()}. */
    void tell(StateChange change);

    /** The same of a queue for which something else is set now, or that was deleted. */
    void tell(QueueName queue);

    /**
     * Has {@code listener} told from the moment it is told to be live.
     *
     * @return ends it when closed; idempotent
     */
    AutoCloseable listen(Listener listener);
}
