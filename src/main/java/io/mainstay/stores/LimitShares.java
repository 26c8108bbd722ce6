package io.mainstay.stores;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Rate;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Divides the limits of a queue over its parts: each gets the same, and of what is left the first parts get one more. Those of groups stay as they
 * are, for a group is in one part.
 */
final class LimitShares {

    private LimitShares() {}

    /** @throws InvalidValueException if a limit is lower than there are parts: some would never start a job */
    static QueueLimits of(QueueLimits limits, int parts, int part) {
        if (parts == 1) {
            return limits;
        }
        check("concurrency", limits.concurrency().orElse(parts), parts);
        check("rate.count", limits.rate().map(Rate::count).orElse(parts), parts);
        long waiting = limits.maxWaiting().orElse(parts);
        if (waiting > 0) {
            check("maxWaiting", waiting, parts);
        }
        return new QueueLimits(
                limits.maxWaiting().isPresent() ? OptionalLong.of(share(waiting, parts, part)) : OptionalLong.empty(),
                limits.concurrency().isPresent()
                        ? OptionalInt.of((int) share(limits.concurrency().getAsInt(), parts, part))
                        : OptionalInt.empty(),
                limits.rate().map(rate -> new Rate((int) share(rate.count(), parts, part), rate.period())),
                limits.groupConcurrency(),
                limits.groupRate());
    }

    /** Whether there is something for each. */
    static void check(QueueLimits limits, int parts) {
        of(limits, parts, 0);
    }

    private static void check(String field, long limit, int parts) {
        if (limit < parts) {
            throw new InvalidValueException(
                    field,
                    limit,
                    "at least " + parts
                            + ", because the queue has this many partitions, each with a share of the limit");
        }
    }

    private static long share(long limit, int parts, int part) {
        return limit / parts + (part < limit % parts ? 1 : 0);
    }
}
