package io.mainstay.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * What was counted, as shown.
 *
 * @param at when the point begins; null, and not shown, of what is no point
 * @param queue null, and not shown, but for figures of one queue; handler likewise
 * @param startDelaySeconds null, and not shown, if nothing started
 * @param runSeconds null, and not shown, if no attempt ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record CountsView(
        Instant at,
        String queue,
        String handler,
        long enqueued,
        long started,
        long succeeded,
        long failed,
        long dead,
        PercentilesView startDelaySeconds,
        PercentilesView runSeconds) {

    static CountsView of(JobCounts counts) {
        return of(null, null, null, counts);
    }

    static CountsView point(Instant at, JobCounts counts) {
        return of(at, null, null, counts);
    }

    static CountsView group(StatsGrouping by, String name, JobCounts counts) {
        return by == StatsGrouping.QUEUE ? of(null, name, null, counts) : of(null, null, name, counts);
    }

    private static CountsView of(Instant at, String queue, String handler, JobCounts counts) {
        return new CountsView(
                at,
                queue,
                handler,
                counts.get(Measure.ENQUEUED),
                counts.get(Measure.STARTED),
                counts.get(Measure.SUCCEEDED),
                counts.get(Measure.FAILED),
                counts.get(Measure.DEAD),
                PercentilesView.of(counts::startDelay),
                PercentilesView.of(counts::run));
    }
}
