package io.mainstay.policy;

import java.util.Locale;

/** What becomes of a queue's jobs when the first store is away. */
public enum Critical {
    /** They wait until it is back. */
    NONE,
    /** Jobs go to the other store while one is away; those that the one has wait until it is back. */
    ACTIVE_ACTIVE,
    /** Jobs are in both stores, and run from the other one while one is away. */
    MIRRORED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
