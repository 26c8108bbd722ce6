package io.mainstay.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The schedules with due runs that one instance is to look after.
 *
 * @param now the store's time
 * @param nextDue how long until another schedule is due; empty if none will be
 */
public record DueSchedules(Instant now, Optional<Duration> nextDue, List<Schedule> schedules) {

    public DueSchedules {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(nextDue, "nextDue");
        schedules = List.copyOf(schedules);
    }
}
