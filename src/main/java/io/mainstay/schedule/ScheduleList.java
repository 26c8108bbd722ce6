package io.mainstay.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of schedules as shown; {@code next} is null, and not shown, on the last. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ScheduleList(List<Schedule> schedules, String next) {

    static ScheduleList of(SchedulePage page) {
        return new ScheduleList(page.schedules(), page.next().orElse(null));
    }
}
