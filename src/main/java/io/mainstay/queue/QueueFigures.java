package io.mainstay.queue;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How full a queue is.
 *
 * @param queue which
 * @param paused whether claiming is stopped
 * @param counts jobs by state, all states present
 * @param oldestDue how long the longest waiting due job has been due; empty if none is
 * @param maxWaiting how many jobs may be ready or scheduled
 */
public record QueueFigures(
        QueueName queue, boolean paused, Map<JobState, Long> counts, Optional<Duration> oldestDue, long maxWaiting) {

    public QueueFigures {
        counts = Map.copyOf(counts);
    }
}
