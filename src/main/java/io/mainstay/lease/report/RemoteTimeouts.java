package io.mainstay.lease.report;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.lease.AttemptEnds;
import io.mainstay.lease.LeaseToken;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.attempt.StartedAttempt;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Ends attempts of workers elsewhere when their time is over and their lease would last for longer, whether their worker is heard of or not.
 * The instance that made a lease watches it; should that be gone, the lease ends soon afterwards by itself. Bounded. Thread-safe.
 */
@Singleton
final class RemoteTimeouts implements AttemptEnds, JobObserver {

    private static final Logger LOG = Logger.getLogger(RemoteTimeouts.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    /** A worker that waits for news of its lease is told first, by whoever it asked. */
    private static final Duration LATER = Duration.ofMillis(200);

    /** Of more attempts the leases end by themselves. */
    private static final int MOST = 100_000;

    private final Vertx vertx;
    private final StoreClock clock;
    /** Which tells observers, this among them. */
    private final Instance<RemoteSettlements> settlements;

    private final Map<Key, Watched> watched = new HashMap<>();
    /** By the look at which they are over. */
    private final TreeMap<Long, Map<Key, Watched>> byLook = new TreeMap<>();

    private final long start = System.nanoTime();
    private boolean looking;
    /** Whether any is watched: else an end of an attempt, here or elsewhere, costs one look at this. */
    private volatile boolean any;

    private record Key(QueueName queue, JobId id) {

        static Key of(StartedAttempt attempt) {
            return new Key(attempt.queue(), attempt.id());
        }
    }

    /** @param look the first look at which its time is over */
    private record Watched(LeaseToken token, long look) {}

    RemoteTimeouts(Vertx vertx, StoreClock clock, Instance<RemoteSettlements> settlements) {
        this.vertx = vertx;
        this.clock = clock;
        this.settlements = settlements;
    }

    @Override
    public void watch(LeaseToken token, Duration in) {
        synchronized (this) {
            Key key = Key.of(token.attempt());
            forget(key);
            if (watched.size() < MOST) {
                Watched added = new Watched(
                        token, lookAt(System.nanoTime() + in.plus(LATER).toNanos()) + 1);
                watched.put(key, added);
                byLook.computeIfAbsent(added.look, none -> new HashMap<>()).put(key, added);
            }
            any = !watched.isEmpty();
        }
        lookSoon();
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        forget(attempt);
    }

    @Override
    public void snoozed(StartedAttempt attempt, Duration ran) {
        forget(attempt);
    }

    @Override
    public void refused(StartedAttempt attempt) {
        forget(attempt);
    }

    /** Of another attempt nothing is forgotten. */
    private void forget(StartedAttempt attempt) {
        if (any) {
            synchronized (this) {
                Watched known = watched.get(Key.of(attempt));
                if (known != null && known.token.attempt().startedAt().equals(attempt.startedAt())) {
                    forget(Key.of(attempt));
                }
            }
        }
    }

    private void forget(Key key) {
        Watched known = watched.remove(key);
        if (known != null) {
            byLook.computeIfPresent(known.look, (look, same) -> {
                same.remove(key);
                return same.isEmpty() ? null : same;
            });
        }
    }

    /** Counted from the start, so that it never runs over. */
    private long lookAt(long nanos) {
        return (nanos - start) / LOOK_EVERY.toNanos();
    }

    private synchronized void lookSoon() {
        if (!looking && !watched.isEmpty()) {
            looking = true;
            vertx.setTimer(LOOK_EVERY.toMillis(), fired -> look());
        }
    }

    private void look() {
        Map<QueueName, List<LeaseToken>> over = new HashMap<>();
        synchronized (this) {
            looking = false;
            Map<Long, Map<Key, Watched>> past = byLook.headMap(lookAt(System.nanoTime()), true);
            past.values()
                    .forEach(same -> same.forEach((key, each) -> {
                        watched.remove(key);
                        over.computeIfAbsent(key.queue, queue -> new ArrayList<>())
                                .add(each.token);
                    }));
            past.clear();
            any = !watched.isEmpty();
        }
        over.forEach(this::end);
        lookSoon();
    }

    private void end(QueueName queue, List<LeaseToken> tokens) {
        clock.now(queue)
                .flatMap(now -> settlements.get().timeOut(queue, over(tokens, now), now))
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.debugf(
                                failure, "%d attempts end with their leases, a moment later", tokens.size()));
    }

    /** The store's clock decides: where it stepped back, those that it gives more time have that. */
    private List<LeaseToken> over(List<LeaseToken> tokens, Instant now) {
        List<LeaseToken> over = new ArrayList<>();
        for (LeaseToken token : tokens) {
            Duration left = Duration.between(now, token.endBy());
            if (left.isZero() || left.isNegative()) {
                over.add(token);
            } else {
                watch(token, left);
            }
        }
        return over;
    }
}
