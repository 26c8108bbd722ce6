package io.mainstay.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of the schedules that the caller may see.
 *
 * @param next null, and not shown, on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ScheduleList(List<ScheduleView> schedules, String next) {

    static ScheduleList of(SchedulePage page, Caller caller) {
        return new ScheduleList(
                page.schedules().stream()
                        .map(schedule -> ScheduleView.of(schedule, caller))
                        .toList(),
                page.next().orElse(null));
    }
}
