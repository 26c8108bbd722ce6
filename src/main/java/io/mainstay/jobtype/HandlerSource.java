package io.mainstay.jobtype;

import java.util.Locale;

/** How a handler comes to be known. */
public enum HandlerSource {
    /** This service has it. */
    IN_PROCESS,
    /** A worker elsewhere has said that it has it. */
    ANNOUNCED,
    /** Somebody has declared it. */
    DECLARED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
