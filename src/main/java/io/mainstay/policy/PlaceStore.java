package io.mainstay.policy;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;

/** Tells the places of a queue how it is laid out. Every call may be repeated. */
public interface PlaceStore {

    /** Has a place take new jobs only from those who know a later epoch. */
    Uni<Void> close(QueueName place, long epoch);

    /** Has a place take new jobs from all, unless it was closed at the end of that epoch or a later one. */
    Uni<Void> open(QueueName place, long epoch);

    /**
     * Has a queue know that it has a policy: so it is listed, and not forgotten.
     *
     * @param policy for people who look at the store
     */
    Uni<Void> note(QueueName queue, QueuePolicy policy);

    /** It has none any more. */
    Uni<Void> forget(QueueName queue);
}
