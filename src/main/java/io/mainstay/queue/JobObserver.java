package io.mainstay.queue;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.attempt.StartedAttempt;
import java.time.Duration;
import java.util.List;

/**
 * Notified of what happens to jobs on this instance. Called on hot paths and event loops: must return at once, must not
 * throw. Metrics are one observer. Includes jobs of private queues.
 */
public interface JobObserver {

    /** An enqueue was acknowledged. */
    default void enqueued(Job job, boolean created) {}

    /** A claim was answered. */
    default void claimed(QueueName queue, int jobs) {}

    /** A claim brought these jobs; they are running. Told after {@link #claimed}, only if there are any. */
    default void leased(List<Job> jobs) {}

    /** The sweep of a claim gave that many attempts back: leases had ended whose jobs no worker is known to have received. */
    default void returned(QueueName queue, int attempts) {}

    /** A claim failed: the store did not answer it ({@link StoreUnavailableException}, or a time-out), or refused it. */
    default void unclaimed(QueueName queue, Throwable failure) {}

    /** An attempt failed here. That is not settled yet: {@link #finished} or {@link #refused} follows, unless the store never answers. */
    default void failing(StartedAttempt attempt) {}

    /** An attempt was settled and ran that long, here or at a worker elsewhere; {@code became} is the job's state after it. */
    default void finished(StartedAttempt attempt, JobState became, Duration ran) {}

    /** An attempt was settled and ran that long: its handler wants to be run again later. */
    default void snoozed(StartedAttempt attempt, Duration ran) {
        finished(attempt, JobState.SCHEDULED, ran);
    }

    /**
     * A job was cancelled, or made ready again, by request; told again if the request was repeated. Or one was cancelled
     * because another took its unique key; not told if the answer to that was lost.
     */
    default void moved(Job job) {}

    /** The same for one of many jobs that one request was about. */
    default void changed(StateChange change) {}

    /** What is set for a queue changed by request, such as a pause or a limit, or the queue was deleted; told again if the request was repeated. */
    default void changed(QueueName queue) {}

    /** A job died. Told beside {@link #finished} if a report ended it; at most once, and not if the answer of the store was lost. */
    default void died(JobDeath death) {}

    /** An attempt that ran here was stopped, after that long, because its job was cancelled. Its end is told nowhere else. */
    default void cancelled(StartedAttempt attempt, Duration ran) {}

    /** The store refused a report: its lease had been lost. */
    default void refused(StartedAttempt attempt) {}
}
