package io.mainstay.events;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.queue.handlers.HeldHandlers.Hold;

/** What goes through a stream. */
sealed interface Event {

    /** How many changes a client misses that does not get it. */
    default long changes() {
        return 0;
    }

    /** A job came into a state. */
    record Changed(StateChange change) implements Event {
        @Override
        public long changes() {
            return 1;
        }
    }

    /**
     * A handler is held, or is held no longer.
     *
     * @param queue that is declared for it, or null
     * @param hold null if it is held no longer
     */
    record Held(HandlerName handler, QueueName queue, Hold hold) implements Event {}

    /** What is set for a queue, such as a pause, is another now; or the queue was deleted. */
    record QueueChanged(QueueName queue) implements Event {}

    /** Changes are told from here on; those since an earlier one of these may be missing. */
    record Open() implements Event {}

    /** So many changes are missing here. */
    record Lagged(long changes) implements Event {}

    /** The last one: the instance is about to end. */
    record End() implements Event {}

    /** Nothing to tell. */
    record Heartbeat() implements Event {}
}
