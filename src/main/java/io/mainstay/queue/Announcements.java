package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Who runs which jobs, as instances say it themselves, each for a while. Only for telling people why a job waits: nothing
 * that jobs depend on follows from it. Calls may be repeated.
 */
public interface Announcements {

    /** Says that some instance serves this, from now on for {@code validFor} by the store's clock. */
    Uni<Void> announce(Serving serving, Duration validFor);

    /**
     * The handlers that some instance or remote worker has that serves that queue.
     *
     * @return empty if that cannot be told
     */
    Uni<Optional<Set<HandlerName>>> served(QueueName queue);

    /** Whether some instance says that it runs jobs of that queue and handler. */
    Uni<Availability> availability(QueueName queue, HandlerName handler);
}
