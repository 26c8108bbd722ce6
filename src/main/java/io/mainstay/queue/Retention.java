package io.mainstay.queue;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobState;
import java.time.Duration;

/**
 * How long ended jobs are kept: whichever limit is met first.
 *
 * @param state an ended state
 * @param maxAge since the job ended
 * @param maxCount newest jobs kept
 * @param limit most jobs deleted per call
 */
public record Retention(JobState state, Duration maxAge, long maxCount, int limit) {

    public Retention {
        if (!state.ended()) {
            throw new InvalidValueException("state", state.wireName(), "succeeded, dead or cancelled");
        }
        if (maxAge.isNegative()) {
            throw new InvalidValueException("maxAge", maxAge, "PT0S or more");
        }
        if (maxCount < 0) {
            throw new InvalidValueException("maxCount", maxCount, "0 or more");
        }
        if (limit < 1) {
            throw new InvalidValueException("limit", limit, "1 or more");
        }
    }
}
