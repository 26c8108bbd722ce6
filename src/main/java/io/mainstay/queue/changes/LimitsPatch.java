package io.mainstay.queue.changes;

import io.mainstay.queue.QueueLimits;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which limits of a queue are to change, and to what; the others stay.
 *
 * @param values of those that change; empty to remove one
 */
public record LimitsPatch(Set<LimitName> names, QueueLimits values) {

    public LimitsPatch {
        names = names.isEmpty() ? Set.of() : Set.copyOf(names);
    }

    /** All limits: those that are not given are removed. */
    public static LimitsPatch all(QueueLimits limits) {
        return new LimitsPatch(EnumSet.allOf(LimitName.class), limits);
    }

    public QueueLimits appliedTo(QueueLimits limits) {
        return new QueueLimits(
                of(LimitName.MAX_WAITING, limits).maxWaiting(),
                of(LimitName.CONCURRENCY, limits).concurrency(),
                of(LimitName.RATE, limits).rate(),
                of(LimitName.GROUP_CONCURRENCY, limits).groupConcurrency(),
                of(LimitName.GROUP_RATE, limits).groupRate());
    }

    /** Which limits it took away, of a queue that had these before and those after it. */
    public List<LimitName> removed(QueueLimits before, QueueLimits after) {
        return EnumSet.allOf(LimitName.class).stream()
                .filter(names::contains)
                .filter(name -> name.isAlike(values, QueueLimits.NONE) && !name.isAlike(before, after))
                .toList();
    }

    private QueueLimits of(LimitName name, QueueLimits unchanged) {
        return names.contains(name) ? values : unchanged;
    }
}
