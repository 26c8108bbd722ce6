package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the workers of this instance are doing, for probes and metrics. Thread-safe; reads never wait.
 */
public interface WorkerStatus {

    /** Whether this instance runs jobs at all. */
    boolean enabled();

    /** Whether shutdown has begun: no new jobs are claimed. */
    boolean draining();

    /** Whether an operator wants no jobs to be claimed here for a while, but canaries. */
    boolean drained();

    /** Whether every known queue is being claimed from here, which also sweeps it. */
    boolean claimsFromAll();

    /** Whether this instance takes jobs from that queue when it has free workers. */
    boolean serves(QueueName queue);

    /** Whether the workers are meant for that queue by configuration, also where they are switched off. */
    boolean configuredFor(QueueName queue);

    /** Those whose jobs it runs. */
    Set<HandlerName> handlers();

    /** Jobs that may run at the same time. */
    int concurrency();

    /** Jobs that run now. */
    int busy();

    /** Some of these, those first that began first. Fails to come while the event loop that owns the workers is stuck. */
    Uni<List<RunningJob>> running(int most);

    /** A job that runs. */
    record RunningJob(QueueName queue, JobId id, HandlerName handler, Instant startedAt) {

        /** With the queue as callers know it. */
        public RunningJob {
            queue = queue.logical();
        }
    }

    /** Queues that the workers are meant for; empty for all. */
    Set<QueueName> queues();

    /** Reports of ended attempts that the store has not answered yet. */
    int unsettled();

    /** Handlers that still hold a thread, or an event loop, though their attempt was stopped; at {@link #concurrency()} claiming pauses. */
    int overdue();

    /**
     * How long the event loop that owns the workers, or one that asynchronous handlers run on, has owed a turn: zero, or nearly, unless it is stuck. Asking is what
     * asks for the next turn, so the answer is about the time since it was last asked.
     */
    Duration loopLag();

    /**
     * Running attempts that should have been stopped a while ago because their time-out passed, as of the last turn:
     * their workers are lost.
     */
    int stuck();

    /** How long ago the store last answered a claim; empty before the first answer. */
    Optional<Duration> sinceLastClaim();

    /** What went wrong since the start. */
    WorkerTroubles troubles();
}
