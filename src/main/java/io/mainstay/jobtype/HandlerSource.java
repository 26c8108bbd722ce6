package io.mainstay.jobtype;

import java.util.Locale;

/** Why a handler is known. */
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
