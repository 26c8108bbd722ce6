package io.mainstay.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * How the workers of this instance are doing, for probes and metrics. Thread-safe; reads never wait.
 */
public interface WorkerStatus {

    /** Whether this instance runs jobs at all. */
    boolean enabled();

    /** Whether shutdown has begun: no new jobs are claimed. */
    boolean draining();

    /** Whether every known queue is being claimed from here, which also sweeps it. */
    boolean claimsFromAll();

    /** Jobs that may run at the same time. */
    int concurrency();

    /** Jobs that run now. */
    int busy();

    /** Reports of ended attempts that the store has not answered yet. */
    int unsettled();

    /** Handlers that still hold a thread though their attempt was stopped; at {@link #concurrency()} claiming pauses. */
    int overdue();

    /** How long ago the store last answered a claim; empty before the first answer. */
    Optional<Duration> sinceLastGoodRound();

    /** What went wrong since the start. */
    WorkerTroubles troubles();
}
