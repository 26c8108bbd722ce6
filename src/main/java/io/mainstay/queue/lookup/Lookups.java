package io.mainstay.queue.lookup;

import io.mainstay.job.LimitReachedException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Looks up ids in the store that an instance does not have in memory: at most 20 a second. A missing one is not looked up
 * again for a while, and concurrent look-ups of the same id share the answer. Thread-safe.
 *
 * @param <T> what is looked up
 */
public final class Lookups<T> {

    public static final Duration ABSENT_FOR = Duration.ofSeconds(5);
    public static final int A_SECOND = 20;

    private final Function<String, Uni<Optional<T>>> store;
    private final RecentIds absent;
    private final CallRate rate;
    /** Those that were looked up since the rest was read. */
    private final Map<String, T> found = new ConcurrentHashMap<>();

    private final Map<String, Uni<Optional<T>>> asked = new ConcurrentHashMap<>();

    /**
     * @param store asks for one by its id
     * @param nanos as {@link System#nanoTime}
     */
    public Lookups(Function<String, Uni<Optional<T>>> store, LongSupplier nanos) {
        this.store = store;
        this.absent = new RecentIds(ABSENT_FOR, nanos);
        this.rate = new CallRate(A_SECOND, nanos);
    }

    /** What an earlier lookup has found. */
    public Optional<T> found(String id) {
        return Optional.ofNullable(found.get(id));
    }

    /** Fails as the store does, or with {@link LimitReachedException} if too much is being looked up. */
    public Uni<Optional<T>> lookUp(String id) {
        if (absent.contains(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        Uni<Optional<T>> underWay = asked.get(id);
        if (underWay != null) {
            return underWay;
        }
        if (!rate.take()) {
            return Uni.createFrom()
                    .failure(new LimitReachedException(
                            "too-many-lookups", 503, "too many unknown names are being looked up; try again"));
        }
        return asked.computeIfAbsent(id, this::ask);
    }

    private Uni<Optional<T>> ask(String id) {
        return store.apply(id)
                .invoke(answer -> answer.ifPresentOrElse(there -> found.put(id, there), () -> absent.add(id)))
                .onTermination()
                .invoke(() -> asked.remove(id))
                .memoize()
                .indefinitely();
    }

    /** It was made by way of this instance: no lookup is needed. */
    public void remember(String id, T made) {
        found.put(id, made);
    }

    /** It was deleted by way of this instance: there is nothing to look up. */
    public void forget(String id) {
        found.remove(id);
        absent.add(id);
    }

    /** All that there is was read: what was found is there, or gone since. */
    public void forgetFound() {
        found.clear();
    }

    /** These were read. What else was found came after that, or is gone since. */
    public void forgetFound(Collection<String> read) {
        found.keySet().removeAll(read);
    }
}
