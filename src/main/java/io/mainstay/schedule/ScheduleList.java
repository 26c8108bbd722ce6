package io.mainstay.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Those of a page of schedules that the caller may see. There may be none of them on a page that is not the last.
 *
 * @param next null, and not shown, on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ScheduleList(List<ScheduleView> schedules, String next) {

    static ScheduleList of(SchedulePage page, Caller caller) {
        return new ScheduleList(
                page.schedules().stream()
                        .filter(schedule ->
                                caller.mayTouch(schedule.spec().queue().value()))
                        .map(schedule -> ScheduleView.of(schedule, caller))
                        .toList(),
                page.next().orElse(null));
    }
}
