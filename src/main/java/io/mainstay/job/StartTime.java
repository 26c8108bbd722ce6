package io.mainstay.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** When a new job becomes due. Redis's clock decides; a time in the past means now. */
public sealed interface StartTime {

    StartTime NOW = new After(Duration.ZERO);

    /** Due this long after the store accepted the job. */
    record After(Duration delay) implements StartTime {
        public After {
            if (delay == null || delay.isNegative()) {
                throw new InvalidValueException("delay", delay, "PT0S or more");
            }
        }
    }

    /** Due at this instant. */
    record At(Instant time) implements StartTime {
        public At {
            Objects.requireNonNull(time, "time");
        }
    }
}
