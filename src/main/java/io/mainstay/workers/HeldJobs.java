package io.mainstay.workers;

import io.mainstay.queue.WorkerStatus.RunningJob;
import java.util.List;
import java.util.Map;

/**
 * Which of some running jobs of a queue remote workers have.
 *
 * @param lookedAt how many jobs were looked at: less than asked for means that there are no more
 * @param byWorker only those that have some
 */
public record HeldJobs(int lookedAt, Map<String, OfWorker> byWorker) {

    /**
     * Of one worker.
     *
     * @param count how many
     * @param some of these
     */
    public record OfWorker(int count, List<RunningJob> some) {

        public OfWorker {
            some = List.copyOf(some);
        }
    }

    public HeldJobs {
        byWorker = Map.copyOf(byWorker);
    }
}
