package io.mainstay.queue.errors;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Knows the groups of errors of queues, the latest 500 of each. The rules of {@link io.mainstay.queue.JobStore} hold here too. */
public interface ErrorStore {

    /** Most groups of a queue, in each of its places. */
    int MOST = 500;

    /** When a job of a group died last. */
    record Seen(String fingerprint, Instant at) {

        /** The latest first. */
        public static final Comparator<Seen> ORDER =
                Comparator.comparing(Seen::at).thenComparing(Seen::fingerprint).reversed();
    }

    /** All groups of a queue, the latest first. */
    Uni<List<Seen>> seen(QueueName queue);

    /** Some of them, in this order; those that are gone are left out. */
    Uni<List<ErrorGroup>> read(QueueName queue, List<String> fingerprints);
}
