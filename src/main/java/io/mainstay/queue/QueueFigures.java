package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How full a queue is.
 *
 * @param queue which
 * @param pausedFor how long claiming has been stopped, zero if that is not known; empty if it is not
 * @param pausedHandlers whose jobs are not claimed
 * @param counts jobs by state, all states present
 * @param oldestDue how long the longest waiting due job has been due; empty if none is
 * @param forgottenIds how many ids of deleted jobs were forgotten before their time, because there were too many
 * @param rememberedIds how many ids of deleted jobs are remembered
 * @param limits what it is held to; how many jobs may wait is there, the default of the house if need be
 */
public record QueueFigures(
        QueueName queue,
        Optional<Duration> pausedFor,
        Set<HandlerName> pausedHandlers,
        Map<JobState, Long> counts,
        Optional<Duration> oldestDue,
        long forgottenIds,
        long rememberedIds,
        QueueLimits limits) {

    public QueueFigures {
        pausedHandlers = Set.copyOf(pausedHandlers);
        counts = Map.copyOf(counts);
    }

    /** The same of a queue that callers know by another name. */
    public QueueFigures named(QueueName name) {
        return new QueueFigures(
                name, pausedFor, pausedHandlers, counts, oldestDue, forgottenIds, rememberedIds, limits);
    }

    /** Whether claiming is stopped. */
    public boolean paused() {
        return pausedFor.isPresent();
    }

    /** How many jobs may be ready or scheduled. */
    public long maxWaiting() {
        return limits.maxWaiting().orElseThrow();
    }
}
