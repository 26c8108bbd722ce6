package io.mainstay.hook;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The events that a hook can subscribe to. */
public enum HookEvent {
    /** A job died. */
    DEAD,
    /** All jobs of a flow have ended. */
    FLOW_ENDED,
    /** An instance makes no progress. */
    STALLED,
    /** It does again. */
    RECOVERED,
    /** No jobs of a handler are started, for they all failed or somebody said so. */
    HANDLER_HELD;

    /** In requests and answers; does not change. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<HookEvent> ofWireName(String name) {
        return Stream.of(values())
                .filter(event -> event.wireName().equals(name))
                .findFirst();
    }
}
