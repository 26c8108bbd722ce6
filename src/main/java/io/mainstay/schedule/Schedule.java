package io.mainstay.schedule;

import io.mainstay.job.JobId;
import io.mainstay.job.ScheduleName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A schedule as the store has it.
 *
 * @param paused whether it makes no jobs; its runs are missed meanwhile
 * @param next its earliest run without a job; empty if it has none any more
 * @param last its latest run that got a job; empty before the first
 * @param epoch changes with the timing: what was worked out for another one is of no use
 * @param rewinds how often it went back to an earlier run, as the store's clock went back
 */
public record Schedule(
        ScheduleName name,
        ScheduleSpec spec,
        boolean paused,
        Optional<Instant> next,
        Optional<Run> last,
        Instant createdAt,
        Instant updatedAt,
        String epoch,
        int rewinds) {

    /** One run and the job it got. */
    public record Run(Instant at, JobId job) {}

    public Schedule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(epoch, "epoch");
    }

    /**
     * The run at an instant, with the id of its job: the same on every instance, so however many of them enqueue it,
     * there is one job. A run that comes again since the clock went back has another one: {@code ~1} and so on at the end.
     */
    public Run run(Instant at) {
        String time = at.toString().replace("-", "").replace(":", "");
        String again = rewinds == 0 ? "" : "~" + rewinds;
        return new Run(at, new JobId(ScheduleName.RUN_PREFIX + name + "~" + time + again));
    }
}
