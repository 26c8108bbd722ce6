package io.mainstay.events;

import io.mainstay.queue.StateChange;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Events as clients see them. By hand: nothing in them needs escaping, and a native image needs no reflection. */
final class EventText {

    /** As everywhere in the API: three digits of milliseconds. */
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private EventText() {}

    static OutboundSseEvent of(Event event, Sse sse) {
        OutboundSseEvent.Builder builder = sse.newEventBuilder();
        if (event instanceof Event.Changed changed) {
            StateChange change = changed.change();
            return builder.id(id(change))
                    .name(change.state().wireName())
                    .data(json(change))
                    .build();
        }
        if (event instanceof Event.Lagged lagged) {
            return builder.name("lagged")
                    .data("{\"dropped\":" + lagged.changes() + "}")
                    .build();
        }
        return event instanceof Event.Open
                ? builder.name("open").data("{}").build()
                : builder.comment("").build();
    }

    /** The same for everybody who is told of the change. */
    private static String id(StateChange change) {
        return change.at().toEpochMilli() + ":" + change.queue() + "/" + change.id() + ":"
                + change.state().wireName();
    }

    private static String json(StateChange change) {
        return "{\"id\":\"" + change.id() + "\",\"queue\":\"" + change.queue() + "\",\"handler\":\""
                + change.handler() + "\",\"state\":\"" + change.state().wireName() + "\",\"attempt\":"
                + change.attempt() + ",\"time\":\"" + INSTANT.format(change.at()) + "\"}";
    }
}
