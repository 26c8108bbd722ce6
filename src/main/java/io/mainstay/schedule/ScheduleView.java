package io.mainstay.schedule;

import io.mainstay.security.Caller;
import java.util.Objects;

/**
 * A schedule as a caller may see it.
 *
 * @param redacted whether the payload of its jobs is left out
 */
public record ScheduleView(Schedule schedule, boolean redacted) {

    public ScheduleView {
        Objects.requireNonNull(schedule, "schedule");
    }

    static ScheduleView of(Schedule schedule, Caller caller) {
        return new ScheduleView(schedule, !caller.payload());
    }
}
