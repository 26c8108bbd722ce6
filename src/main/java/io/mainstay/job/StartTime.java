package io.mainstay.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** When a job becomes due. Redis's clock decides; a time in the past means now. */
public sealed interface StartTime {

    StartTime NOW = new After(Duration.ZERO);

    /**
     * What a request says.
     *
     * @param delay, runAt null for what it does not have
     */
    static Optional<StartTime> of(Duration delay, Instant runAt) {
        if (runAt == null) {
            return Optional.ofNullable(delay).map(After::new);
        }
        if (delay != null) {
            throw new InvalidValueException("runAt", runAt, "left out when delay is given");
        }
        // Times before 1970 are a mistake, and the store counts milliseconds from there.
        if (runAt.isBefore(Instant.EPOCH)) {
            throw new InvalidValueException("runAt", runAt, "at least " + Instant.EPOCH);
        }
        return Optional.of(new At(runAt));
    }

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
