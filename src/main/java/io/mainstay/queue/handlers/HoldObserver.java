package io.mainstay.queue.handlers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers.Hold;

/** Notified on each instance when a handler is held or resumed. Must return at once and must not throw. */
public interface HoldObserver {

    /** @param queue the one that is declared for it, or null */
    void held(HandlerName handler, QueueName queue, Hold hold);

    /** @param queue the one that is declared for it, or null */
    void resumed(HandlerName handler, QueueName queue);
}
