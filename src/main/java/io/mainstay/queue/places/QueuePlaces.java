package io.mainstay.queue.places;

import io.mainstay.job.QueueName;
import java.util.List;

/** Tells where jobs of queues may lie. Thread-safe; answers at once, from memory. */
@FunctionalInterface
public interface QueuePlaces {

    /** Of queues that have one place each. */
    QueuePlaces SINGLE = List::of;

    /**
     * All places that may have jobs of a queue; the place itself if it is the name of one.
     *
     * @param queue as callers know it
     */
    List<QueueName> places(QueueName queue);
}
