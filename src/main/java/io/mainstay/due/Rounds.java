package io.mainstay.due;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Does one thing for many, a few at a time, each within a bound. They are in buckets, which take turns. What is not done within a
 * quarter of a second is slow: others begin in its place, but none of its bucket, for whatever holds it up holds them up as well. So of a
 * dead shard each bucket costs the others that quarter of a second now and then, and those of its own buckets wait behind one another.
 * What waits or is under way already is not added twice. Thread-safe.
 *
 * @param <T> what it is done for
 */
public final class Rounds<T> {

    private static final Logger LOG = Logger.getLogger(Rounds.class);
    /** The slow ones aside. */
    private static final int AT_A_TIME = 8;
    /** Of a bucket. Beyond, the others are added again by a later poll. */
    private static final int MOST_WAITING = 500;

    private static final Duration SLOW = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String name;
    private final Function<T, Uni<Void>> work;
    /** In the order in which they have their turns. */
    private final Map<Integer, Bucket<T>> buckets = new LinkedHashMap<>();

    private final List<UniEmitter<? super Void>> untilIdle = new ArrayList<>();
    private int waiting;
    private int underWay;
    private int slow;

    private static final class Bucket<T> {
        private final Set<T> waiting = new LinkedHashSet<>();
        private final Set<T> underWay = new HashSet<>();
        private int slow;
    }

    /** Something begun. */
    private final class Run {
        private final int bucket;
        private final T what;
        private boolean slow;
        private boolean over;

        Run(int bucket, T what) {
            this.bucket = bucket;
            this.what = what;
        }
    }

    /** @param name for the log */
    public Rounds(String name, Function<T, Uni<Void>> work) {
        this.name = name;
        this.work = work;
    }

    /** Returns at once. */
    public void add(int bucket, T what) {
        synchronized (this) {
            Bucket<T> of = buckets.computeIfAbsent(bucket, unknown -> new Bucket<>());
            if (of.waiting.size() >= MOST_WAITING || of.underWay.contains(what) || !of.waiting.add(what)) {
                return;
            }
            waiting++;
        }
        begin();
    }

    /** Completes when nothing waits or is under way. */
    public Uni<Void> idle() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                if (waiting + underWay > 0) {
                    untilIdle.add(emitter);
                    return;
                }
            }
            emitter.complete(null);
        });
    }

    private void begin() {
        for (Run run = next(); run != null; run = next()) {
            begin(run);
        }
    }

    private synchronized Run next() {
        if (underWay - slow >= AT_A_TIME) {
            return null;
        }
        for (Map.Entry<Integer, Bucket<T>> entry : buckets.entrySet()) {
            Bucket<T> bucket = entry.getValue();
            if (bucket.slow == 0 && !bucket.waiting.isEmpty()) {
                Iterator<T> first = bucket.waiting.iterator();
                T what = first.next();
                first.remove();
                waiting--;
                bucket.underWay.add(what);
                underWay++;
                buckets.remove(entry.getKey());
                buckets.put(entry.getKey(), bucket);
                return new Run(entry.getKey(), what);
            }
        }
        return null;
    }

    private void begin(Run run) {
        Infrastructure.getDefaultWorkerPool().schedule(() -> late(run), SLOW.toMillis(), TimeUnit.MILLISECONDS);
        Uni.createFrom()
                .deferred(() -> work.apply(run.what))
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onTermination()
                .invoke(() -> ended(run))
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf(failure, "'%s' of %s failed", name, run.what));
    }

    private void late(Run run) {
        synchronized (this) {
            if (run.over) {
                return;
            }
            run.slow = true;
            buckets.get(run.bucket).slow++;
            slow++;
        }
        begin();
    }

    private void ended(Run run) {
        List<UniEmitter<? super Void>> told = List.of();
        synchronized (this) {
            run.over = true;
            Bucket<T> bucket = buckets.get(run.bucket);
            bucket.underWay.remove(run.what);
            underWay--;
            if (run.slow) {
                bucket.slow--;
                slow--;
            }
            if (waiting + underWay == 0) {
                told = List.copyOf(untilIdle);
                untilIdle.clear();
            }
        }
        told.forEach(emitter -> emitter.complete(null));
        begin();
    }
}
