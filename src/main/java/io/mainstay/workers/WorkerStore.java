package io.mainstay.workers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps what all instances know of workers. Bounded; every call may be repeated, and time is the store's own. */
public interface WorkerStore {

    /** Workers of a kind that are kept. Of more, those of whom nothing was heard for longest are forgotten. */
    int MOST_WORKERS = 10_000;

    /** Handlers that are known. Of more, those that were announced longest ago are forgotten. */
    int MOST_HANDLERS = 10_000;

    /** Different combinations of queues and handlers of remote workers that are kept. */
    int MOST_SERVED = 500;

    int MOST_DRAINS = 1000;

    /** For so long a handler is known after a worker that has it was last heard of. */
    Duration HANDLER_KNOWN_FOR = Duration.ofDays(30);

    /** Sightings of one call. */
    int MOST_TOGETHER = 200;

    /** A version that there never is. */
    String NO_VERSION = "-";

    /**
     * Notes down that these were heard of, and their handlers as known. One without a profile may be called by what tokens have of its name.
     *
     * @param sightings at most {@link #MOST_TOGETHER}, of different workers
     * @param change a token that no other call has
     */
    Uni<Void> heard(List<Sighting> sightings, String change);

    /**
     * Workers that are known. What cannot be read is left out.
     *
     * @param after where the page before ended; empty for the first
     */
    Uni<WorkerPage> page(Optional<WorkerId> after, int limit);

    Uni<Optional<KnownWorker>> find(WorkerId worker);

    /**
     * Has a worker take no more jobs, and serve nothing any more.
     *
     * @param change a token that no other call has
     * @return until when; empty if there are as many as may be
     */
    Uni<Optional<Instant>> drain(WorkerId worker, Duration length, String change);

    /** Ends that for workers of that name, of either kind. */
    Uni<Void> undrain(String worker, String change);

    /** What has changed since these versions. */
    Uni<WorkerNews> news(String drainsKnown, String handlersKnown);

    /** Whether a worker that has it was heard of lately. */
    Uni<Boolean> knows(HandlerName handler);

    /** All that are known, with when a worker that has it was last heard of. */
    Uni<Map<HandlerName, Instant>> handlersSeen();

    /**
     * Looks which running jobs of a queue are these remote workers'.
     *
     * @param workers by what tokens have of their names
     * @param passed how many of the running jobs to pass over, most how many to look at
     */
    Uni<HeldJobs> jobs(QueueName queue, Set<String> workers, int passed, int most);
}
