package io.mainstay.queue.places;

import io.mainstay.job.QueueName;
import java.util.Locale;

/** Which of two stores have a job of a critical queue that was just enqueued. */
public enum KeptIn {
    FIRST,
    SECOND,
    /** Of a mirrored queue: one has the job, the other one its copy. */
    BOTH;

    /** @param place where it lies */
    public static KeptIn of(QueueName place) {
        return place.isInSecondStore() ? SECOND : FIRST;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
