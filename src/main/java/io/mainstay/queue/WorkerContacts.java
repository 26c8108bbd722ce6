package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.QueueName;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Told of workers that lease jobs over REST, so that they can be listed. Thread-safe; called on event loops: must return at once and not throw. */
public interface WorkerContacts {

    /**
     * What a worker says of itself with each request for jobs.
     *
     * @param worker its name
     * @param caller id of the caller it came as
     * @param version null if it says none
     * @param concurrency jobs that it runs at the same time; null if it says nothing of that
     */
    record Contact(
            String worker,
            String caller,
            String version,
            Integer concurrency,
            List<QueueName> queues,
            Set<HandlerName> handlers) {

        public Contact {
            Objects.requireNonNull(worker, "worker");
            queues = List.copyOf(queues);
            handlers = Set.copyOf(handlers);
        }
    }

    /** It asks for jobs. */
    default void seen(Contact contact) {}

    /** It was handed these jobs; the answer is on its way to it. */
    default void leased(String worker, List<Job> jobs) {}

    /**
     * It reports on jobs or extends leases.
     *
     * @param worker its name, or what tokens have of that
     */
    default void heard(String worker) {}

    /** It says that it ends, and that this is its last request. */
    default void left(String worker) {}
}
