package io.mainstay.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Until when a job must be done: after that no attempt begins, and one that runs is stopped. Redis's clock decides. */
public sealed interface Deadline {

    /** That moment, for a job that was accepted then. */
    Instant from(Instant enqueuedAt);

    /** So long after the store accepted the job. */
    record Within(Duration duration) implements Deadline {
        public Within {
            if (duration == null || duration.isNegative() || duration.toMillis() < 1) {
                throw new InvalidValueException("within", duration, "more than PT0S");
            }
        }

        @Override
        public Instant from(Instant enqueuedAt) {
            return enqueuedAt.plusMillis(duration.toMillis());
        }
    }

    /** At this instant. */
    record At(Instant time) implements Deadline {
        public At {
            Objects.requireNonNull(time, "time");
            // Times before 1970 are a mistake, and the store counts milliseconds from there.
            if (time.isBefore(Instant.EPOCH)) {
                throw new InvalidValueException("deadline", time, "at least " + Instant.EPOCH);
            }
        }

        @Override
        public Instant from(Instant enqueuedAt) {
            return Instant.ofEpochMilli(time.toEpochMilli());
        }
    }
}
