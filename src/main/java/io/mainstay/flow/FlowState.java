package io.mainstay.flow;

import io.mainstay.job.InvalidValueException;
import java.util.Arrays;
import java.util.Locale;

/** Where a flow as a whole stands. */
public enum FlowState {
    /** Some of its jobs have not ended. */
    RUNNING,
    /** All of its jobs succeeded. */
    SUCCEEDED,
    /** All have ended, and one did not succeed. */
    FAILED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** @throws InvalidValueException if it is the name of none */
    static FlowState ofWireName(String name) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("state", name, "running, succeeded, failed"));
    }
}
