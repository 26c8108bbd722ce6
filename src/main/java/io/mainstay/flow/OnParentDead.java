package io.mainstay.flow;

import io.mainstay.job.InvalidValueException;
import java.util.Locale;

/** What it means for a job of a flow that a parent is dead or cancelled. */
public enum OnParentDead {
    /** The job is cancelled. */
    CANCEL,
    /** The parent counts as done. */
    RUN,
    /** The job waits until the parent was requeued and succeeds. */
    WAIT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name used in Redis and in JSON. */
    public String wireName() {
        return wireName;
    }

    /** @throws InvalidValueException if there is none of that wire name */
    public static OnParentDead ofWireName(String value) {
        for (OnParentDead known : values()) {
            if (known.wireName.equals(value)) {
                return known;
            }
        }
        throw new InvalidValueException("onParentDead", value, "one of cancel, run, wait");
    }
}
