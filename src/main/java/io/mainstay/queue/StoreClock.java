package io.mainstay.queue;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** The clock that decides about jobs: the store's, asked once a second at most and counted on in between. */
@FunctionalInterface
public interface StoreClock {

    /** The time where the queue is kept, to the millisecond. */
    Uni<Instant> now(QueueName queue);
}
