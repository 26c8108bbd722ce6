package io.mainstay.scaling;

import io.mainstay.job.QueueName;
import java.time.Duration;

/**
 * The load of a queue at a moment, and its recent rate.
 *
 * @param queue which
 * @param paused whether claiming is stopped
 * @param waiting due jobs that do not run yet
 * @param running jobs under a lease
 * @param endedPerSecond jobs that succeeded or died per second, over the last minute or as much of it as is kept
 * @param sample the latest of them; empty while nothing waits or runs
 */
public record QueueLoad(
        QueueName queue, boolean paused, long waiting, long running, double endedPerSecond, Sample sample) {

    /**
     * The latest jobs that ended, and the stretch of time from the first of them, or a minute ago, until now.
     *
     * @param ends how many; bounded
     * @param ran how long their last attempts ran in all
     * @param busy time that all workers together spent on this queue's jobs within the stretch, on the running ones too
     */
    public record Sample(int ends, Duration ran, Duration busy) {

        /** Nothing ended. */
        public static final Sample NONE = new Sample(0, Duration.ZERO, Duration.ZERO);
    }
}
