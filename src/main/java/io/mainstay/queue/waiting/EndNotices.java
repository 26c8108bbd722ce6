package io.mainstay.queue.waiting;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.util.List;

/**
 * Messages between instances about the ends of jobs that requests wait for. A message may come late, twice or never: nothing
 * may depend on it but speed. Thread-safe; nothing here blocks or fails.
 */
public interface EndNotices {

    /** Told on any thread; must return at once. */
    interface Listener {

        /** Some instance, perhaps this one, waits for the end of these jobs. */
        default void awaited(QueueName queue, List<JobId> jobs) {}

        /** One of those has ended. */
        default void ended(QueueName queue, JobId job) {}
    }

    /** Asks all instances, this one too, to tell of the ends of these jobs. */
    void tellAwaited(QueueName queue, List<JobId> jobs);

    /** Tells all instances, this one too. */
    void tellEnded(QueueName queue, JobId job);

    /** From now on. */
    void listen(Listener listener);

    /** Whether messages are known to arrive at present. Never waits. */
    boolean live();
}
