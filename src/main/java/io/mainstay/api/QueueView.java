package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.JobState;
import io.mainstay.queue.QueueFigures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A queue as shown.
 *
 * @param counts jobs by state, in the order of a job's life
 * @param oldestDueSeconds null, and not shown, if no job is due
 * @param maxWaiting how many jobs may be ready or scheduled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record QueueView(
        String queue, boolean paused, Map<String, Long> counts, Double oldestDueSeconds, long maxWaiting) {

    private static final double MILLIS_PER_SECOND = 1000;

    static QueueView of(QueueFigures figures) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (JobState state : JobState.values()) {
            counts.put(state.wireName(), figures.counts().getOrDefault(state, 0L));
        }
        Double oldestDue = figures.oldestDue()
                .map(age -> age.toMillis() / MILLIS_PER_SECOND)
                .orElse(null);
        return new QueueView(figures.queue().value(), figures.paused(), counts, oldestDue, figures.maxWaiting());
    }
}
