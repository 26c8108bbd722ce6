package io.mainstay.queue;

import io.mainstay.job.Bounds;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a queue is held to, by all instances together.
 *
 * @param maxWaiting how many jobs may be ready or scheduled, 0 to 1000000000; empty for the default of the house
 * @param concurrency how many jobs may run at a time, 1 to 1000000; empty for as many as there are workers
 * @param rate how many may start in a time; empty for any number
 * @param groupConcurrency how many jobs of one group may run at a time, as {@code concurrency}
 * @param groupRate how many jobs of one group may start in a time
 */
public record QueueLimits(
        OptionalLong maxWaiting,
        OptionalInt concurrency,
        Optional<Rate> rate,
        OptionalInt groupConcurrency,
        Optional<Rate> groupRate) {

    /** Only those of the house. */
    public static final QueueLimits NONE = new QueueLimits(
            OptionalLong.empty(), OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

    /** More than a Redis can hold; a number that all places it goes through can tell exactly. */
    static final long MOST_WAITING = 1_000_000_000;

    private static final int MOST_RUNNING = 1_000_000;

    public QueueLimits {
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(groupRate, "groupRate");
        maxWaiting.ifPresent(value -> Bounds.between("maxWaiting", value, 0, MOST_WAITING));
        concurrency.ifPresent(value -> Bounds.between("concurrency", value, 1, MOST_RUNNING));
        groupConcurrency.ifPresent(value -> Bounds.between("groups.concurrency", value, 1, MOST_RUNNING));
    }

    /** The same with another limit of waiting jobs. */
    public QueueLimits withMaxWaiting(long value) {
        return new QueueLimits(OptionalLong.of(value), concurrency, rate, groupConcurrency, groupRate);
    }
}
