package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps jobs: what their owners can ask. Every call may be repeated when its answer was lost: repeating it changes
 * nothing more. Time is the store's own clock. A store that cannot answer within its bounds fails the {@code Uni} with
 * {@link io.mainstay.job.StoreUnavailableException}.
 */
public interface JobStore {

    /**
     * Adds a job, unless its queue has one with that id: then that one is returned as it is. Or unless it had one not long
     * ago, if its caller chose the id, see {@code mainstay.retention.min-age}. Next its
     * {@link io.mainstay.job.UniqueKey} is looked at, then whether the queue is full.
     */
    Uni<Enqueued> enqueue(NewJob job);

    /**
     * The same for the place where the job is to lie. It may also answer that the place takes no new jobs any more, or that nothing of
     * what it is to follow is there; then nothing was added.
     *
     * @param admission what the caller knows of how the queue is laid out
     */
    default Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return enqueue(job);
    }

    Uni<Optional<Job>> find(QueueName queue, JobId id);

    /** The state of a job alone, which is cheap to ask for again and again; empty if there is no such job. */
    Uni<Optional<JobState>> state(QueueName queue, JobId id);

    /** The states of some jobs of a queue alone; those that are not there, or cannot be read, are left out. */
    Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids);

    /** A job with what is known of its attempts; empty if there is no such job. */
    Uni<Optional<History>> history(QueueName queue, JobId id);

    /** The latest lines of its log, oldest first; empty if there is no such job. */
    Uni<Optional<List<LogLine>>> log(QueueName queue, JobId id);

    /** What holds a job where it stands; empty if there is no such job. */
    Uni<Optional<Explanation>> explain(QueueName queue, JobId id);

    /**
     * The most bytes of payloads, results and errors on one page; one job is on it in any case. Bounds what a list costs the
     * memory of the store and of this instance.
     */
    int MOST_PAGE_BYTES = (int) CallSize.MOST_BYTES;

    /**
     * One page of the jobs in a state, in that state's order (ready: next first; ended: latest first). It may have fewer
     * jobs than asked for and continue, see {@link #MOST_PAGE_BYTES}.
     *
     * @param parts what is read of each job besides; of the others only the size, see {@link io.mainstay.job.Json#leftOut}
     */
    Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts);

    /** Ends a job that has not ended. A running one loses its lease. */
    Uni<Change> cancel(QueueName queue, JobId id);

    /**
     * Makes a dead or cancelled job ready again with fresh attempts, unless another job holds its unique key by now.
     *
     * @param request identifies this request: a repeat of it is a no-op even after the job has died again
     */
    Uni<Change> requeue(QueueName queue, JobId id, String request);

    /**
     * Gives a job that is ready or scheduled another priority or another time at which it is due.
     *
     * @param request identifies this request: a repeat of it changes nothing more
     */
    Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request);

    /**
     * Asks each part of the store, its shards if it has several, on all kinds of connections that are open.
     *
     * @param within how long a shard may take where there are several
     * @return the shards that do not answer; fails if none does
     */
    Uni<List<String>> reach(Duration within);

    /** Figures of some queues, in the order asked. */
    Uni<List<QueueFigures>> figures(List<QueueName> queues);

    /** Sets all limits of a queue. Jobs that wait or run already stay. */
    default Uni<Void> setLimits(QueueName queue, QueueLimits limits) {
        return changeLimits(queue, LimitsPatch.all(limits));
    }

    /** Sets or removes some limits of a queue. Jobs that wait or run already stay. */
    Uni<Void> changeLimits(QueueName queue, LimitsPatch patch);

    /** Stops ({@code true}) or resumes claiming from a queue; running jobs are not touched. */
    Uni<Void> setPaused(QueueName queue, boolean paused);

    /** The most handlers that may be paused in one queue. */
    int MOST_PAUSED_HANDLERS = 100;

    /**
     * Stops ({@code true}) or resumes claiming jobs of one handler from a queue.
     *
     * @return false if as many handlers are paused there as may be; then nothing has changed
     */
    Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused);
}
