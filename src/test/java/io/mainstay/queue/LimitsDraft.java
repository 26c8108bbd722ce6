package io.mainstay.queue;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Limits in the making; none where nothing is said. */
public record LimitsDraft(Integer concurrency, Rate rate, Integer groupConcurrency, Rate groupRate) {

    public static final LimitsDraft NONE = new LimitsDraft(null, null, null, null);

    public LimitsDraft concurrency(int value) {
        return new LimitsDraft(value, rate, groupConcurrency, groupRate);
    }

    public LimitsDraft rate(Rate value) {
        return new LimitsDraft(concurrency, value, groupConcurrency, groupRate);
    }

    public LimitsDraft groupConcurrency(int value) {
        return new LimitsDraft(concurrency, rate, value, groupRate);
    }

    public LimitsDraft groupRate(Rate value) {
        return new LimitsDraft(concurrency, rate, groupConcurrency, value);
    }

    public QueueLimits build() {
        return new QueueLimits(
                OptionalLong.empty(),
                optional(concurrency),
                Optional.ofNullable(rate),
                optional(groupConcurrency),
                Optional.ofNullable(groupRate));
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
