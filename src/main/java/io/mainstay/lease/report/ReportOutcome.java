package io.mainstay.lease.report;

import io.mainstay.job.InvalidValueException;
import java.util.Arrays;
import java.util.Locale;

/** How an attempt ended, as its worker reports it. */
public enum ReportOutcome {
    SUCCESS,
    /** It failed; another attempt may succeed. */
    RETRY,
    /** It failed for good. */
    FAIL,
    /** It is to be run again later, the attempt not counted. */
    SNOOZE,
    /** It goes back to its place in line, the attempt not counted. */
    RELEASE;

    /** @throws InvalidValueException if it is the name of none, or missing */
    static ReportOutcome ofWireName(String name) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidValueException("outcome", name, "success, retry, fail, snooze or release"));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
