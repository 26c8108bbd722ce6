package io.mainstay.events;

import io.vertx.core.buffer.Buffer;

/** An event and its text, which is made once for all streams, by the first that sends it. Thread-safe. */
final class Message {

    private final Event event;
    private Buffer text;

    Message(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    synchronized Buffer text() {
        if (text == null) {
            text = Buffer.buffer(EventText.of(event));
        }
        return text;
    }
}
