package io.mainstay.schedule;

import java.util.List;
import java.util.Optional;

/**
 * Schedules by name.
 *
 * @param next where the next page begins; empty on the last
 */
public record SchedulePage(List<Schedule> schedules, Optional<String> next) {

    public SchedulePage {
        schedules = List.copyOf(schedules);
    }
}
