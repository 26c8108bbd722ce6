package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Of which queues jobs went to the second store within the last hour, through any instance: kept there, and read every two seconds. Until
 * that was read once, of all of them. Thread-safe.
 */
public final class Diversions {

    /** For so long ids are sought in both stores. */
    public static final Duration STANDS_FOR = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(Diversions.class);
    /** Not with every job. */
    private static final Duration WRITTEN_EVERY = Duration.ofMinutes(1);

    /** The marks as the second store keeps them. Every call may be repeated. */
    public interface Marks {

        /** Jobs of the queue go to the second store, as of now. */
        Uni<Void> put(QueueName queue);

        /** Queues of which a mark is younger than that. */
        Uni<Set<QueueName>> within(Duration age);
    }

    private final Marks marks;
    private final BooleanSupplier firstIsThere;
    private final LongSupplier nanoTime;
    /** Of this instance, when they were written. */
    private final Map<QueueName, Long> own = new ConcurrentHashMap<>();

    private volatile long renewedAt;
    /** Null until it was read. */
    private volatile Set<QueueName> read;

    /** @param firstIsThere whether the first store is known to be there; while it is not, marks that stand are renewed */
    public Diversions(Marks marks, BooleanSupplier firstIsThere) {
        this(marks, firstIsThere, System::nanoTime);
    }

    Diversions(Marks marks, BooleanSupplier firstIsThere, LongSupplier nanoTime) {
        this.marks = marks;
        this.firstIsThere = firstIsThere;
        this.nanoTime = nanoTime;
        this.renewedAt = nanoTime.getAsLong() - WRITTEN_EVERY.toNanos();
    }

    boolean standing(QueueName queue) {
        Set<QueueName> all = read;
        return all == null || all.contains(queue.logical()) || age(queue) < STANDS_FOR.toNanos();
    }

    /** Before a job goes to the second store. Never fails: where the mark cannot be written, the job cannot either. */
    Uni<Void> begin(QueueName queue) {
        return Uni.createFrom().deferred(() -> {
            if (age(queue) < WRITTEN_EVERY.toNanos()) {
                return Uni.createFrom().voidItem();
            }
            if (own.put(queue.logical(), nanoTime.getAsLong()) == null) {
                LOG.warnf("jobs of queue %s go to the second store, because the first does not accept them", queue);
            }
            return marks.put(queue.logical())
                    .onFailure()
                    .invoke(failure -> own.remove(queue.logical()))
                    .onFailure()
                    .recoverWithNull();
        });
    }

    /**
     * Reads those of all instances.
     *
     * @param critical queues that there may be some of; if there are none, nothing is read
     */
    public Uni<Void> refresh(List<QueueName> critical) {
        own.values().removeIf(at -> nanoTime.getAsLong() - at > STANDS_FOR.toNanos());
        if (critical.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> marks.within(STANDS_FOR))
                .invoke(found -> read = Set.copyOf(found))
                .chain(this::renew);
    }

    /** The hour begins when the first store is back, for what it has not heard of since may be long ago. */
    private Uni<Void> renew(Set<QueueName> standing) {
        if (firstIsThere.getAsBoolean() || nanoTime.getAsLong() - renewedAt < WRITTEN_EVERY.toNanos()) {
            return Uni.createFrom().voidItem();
        }
        renewedAt = nanoTime.getAsLong();
        return Multi.createFrom()
                .iterable(standing)
                .onItem()
                .transformToUniAndConcatenate(marks::put)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private long age(QueueName queue) {
        Long at = own.get(queue.logical());
        return at == null ? Long.MAX_VALUE : nanoTime.getAsLong() - at;
    }
}
