package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.changes.ChangedLimits;
import io.mainstay.queue.changes.LimitName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue as shown.
 *
 * @param pausedHandlers null, and not shown, if none is
 * @param counts jobs by state, in the order of a job's life
 * @param oldestDueSeconds null, and not shown, if no job is due
 * @param forgottenIds ids of deleted jobs that were forgotten before their time; null, and not shown, if none was
 * @param maxWaiting how many jobs may be ready or scheduled
 * @param concurrency how many may run at a time; null, and not shown, if there is no limit
 * @param rate how many may start in a time; null, and not shown, if there is no limit
 * @param groups what each group of jobs is held to; null, and not shown, if there is no limit
 * @param removed limits that the request took away; null, and not shown, if it took none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record QueueView(
        String queue,
        boolean paused,
        List<String> pausedHandlers,
        Map<String, Long> counts,
        Double oldestDueSeconds,
        Long forgottenIds,
        long maxWaiting,
        Integer concurrency,
        LimitsView.RateView rate,
        LimitsView groups,
        List<String> removed) {

    private static final double MILLIS_PER_SECOND = 1000;

    static QueueView of(QueueFigures figures) {
        return of(new ChangedLimits(figures, List.of()));
    }

    static QueueView of(ChangedLimits changed) {
        QueueFigures figures = changed.queue();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (JobState state : JobState.values()) {
            counts.put(state.wireName(), figures.counts().getOrDefault(state, 0L));
        }
        Double oldestDue = figures.oldestDue()
                .map(age -> age.toMillis() / MILLIS_PER_SECOND)
                .orElse(null);
        List<String> paused = figures.pausedHandlers().stream()
                .map(HandlerName::value)
                .sorted()
                .toList();
        QueueLimits limits = figures.limits();
        return new QueueView(
                figures.queue().logical().value(),
                figures.paused(),
                paused.isEmpty() ? null : paused,
                counts,
                oldestDue,
                figures.forgottenIds() == 0 ? null : figures.forgottenIds(),
                figures.maxWaiting(),
                LimitsView.concurrency(limits.concurrency()),
                LimitsView.rate(limits.rate()),
                LimitsView.of(limits.groupConcurrency(), limits.groupRate()),
                changed.removed().isEmpty()
                        ? null
                        : changed.removed().stream().map(LimitName::wireName).toList());
    }
}
