package io.mainstay.queue.changes;

import io.mainstay.queue.QueueLimits;
import java.util.function.Function;

/** One of the limits of a queue. */
public enum LimitName {
    MAX_WAITING("maxWaiting", QueueLimits::maxWaiting),
    CONCURRENCY("concurrency", QueueLimits::concurrency),
    RATE("rate", QueueLimits::rate),
    GROUP_CONCURRENCY("groups.concurrency", QueueLimits::groupConcurrency),
    GROUP_RATE("groups.rate", QueueLimits::groupRate);

    private final String wireName;
    private final Function<QueueLimits, Object> value;

    LimitName(String wireName, Function<QueueLimits, Object> value) {
        this.wireName = wireName;
        this.value = value;
    }

    /** As requests and answers have it. */
    public String wireName() {
        return wireName;
    }

    boolean isAlike(QueueLimits one, QueueLimits other) {
        return value.apply(one).equals(value.apply(other));
    }
}
