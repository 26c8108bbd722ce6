package io.mainstay.events;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.queue.handlers.HoldObserver;
import jakarta.inject.Singleton;

/** Tells of handlers that are held. Each instance hears of it by itself, so nothing must be sent. Thread-safe. */
@Singleton
class HoldEvents implements HoldObserver {

    private final EventStreams streams;

    HoldEvents(EventStreams streams) {
        this.streams = streams;
    }

    @Override
    public void held(HandlerName handler, QueueName queue, Hold hold) {
        streams.tell(new Event.Held(handler, queue, hold));
    }

    @Override
    public void resumed(HandlerName handler, QueueName queue) {
        streams.tell(new Event.Held(handler, queue, null));
    }
}
