package io.mainstay.events;

import io.mainstay.queue.StateChange;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Events as clients see them. By hand: nothing in them needs escaping, and a native image needs no reflection. */
final class EventText {

    /** As everywhere in the API: three digits of milliseconds. */
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private EventText() {}

    static String of(Event event) {
        if (event instanceof Event.Changed changed) {
            StateChange change = changed.change();
            return "event:" + change.state().wireName() + "\ndata:" + json(change) + "\nid:" + id(change) + "\n\n";
        }
        if (event instanceof Event.Held held) {
            return (held.hold() == null ? "event:resumed" : "event:held") + "\ndata:" + json(held) + "\n\n";
        }
        if (event instanceof Event.QueueChanged changed) {
            return "event:queue-changed\ndata:{\"queue\":\"" + changed.queue() + "\"}\n\n";
        }
        if (event instanceof Event.Lagged lagged) {
            return "event:lagged\ndata:{\"dropped\":" + lagged.changes() + "}\n\n";
        }
        if (event instanceof Event.Open) {
            return "event:open\ndata:{}\n\n";
        }
        return event instanceof Event.End ? "event:end\ndata:{}\n\n" : ":\n\n";
    }

    private static String json(Event.Held held) {
        String queue = held.queue() == null ? "" : ",\"queue\":\"" + held.queue() + "\"";
        String hold = held.hold() == null
                ? ""
                : ",\"since\":\"" + INSTANT.format(held.hold().since()) + "\",\"reason\":\""
                        + (held.hold().byHand()
                                ? "by-hand\""
                                : "failures\",\"failed\":" + held.hold().failed());
        return "{\"handler\":\"" + held.handler() + "\"" + queue + hold + "}";
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
