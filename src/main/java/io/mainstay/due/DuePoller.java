package io.mainstay.due;

import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.WakeUps;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;

/**
 * Polls the store for queues with due work, independently of wake-ups and timers, and passes them to its listeners: each
 * bucket slowly while wake-ups about its queues arrive, fast while they do not. Its timer is set again before anything is
 * asked, and each time asks again how wake-ups are, so that a switch nobody told of costs one slow wait. Each bucket is asked
 * by itself, so one that does not answer holds up no other. Thread-safe.
 *
 * <p>While wake-ups arrive, instances share the slow polls: where there are several, each asks half as often, and
 * whoever cannot serve what it finds passes the wake-up on (see the sweeper). Its own
 * queue nobody else looks after, so the bucket of that is asked every time.
 */
@Singleton
public class DuePoller implements Recyclable {

    private static final Logger LOG = Logger.getLogger(DuePoller.class);
    /** What is due within that time is due: timers know no less. */
    private static final long EARLY = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final DueStore store;
    private final List<DueListener> listeners;
    private final PollConfig times;
    private final IntPredicate wakeUpsLive;
    private final PollingInstances instances;
    private final OwnQueue own;
    /** By bucket, 1 while it is asked. */
    private final AtomicIntegerArray asking;

    private volatile boolean closed;
    private long timer = -1;
    /** By bucket, of {@link System#nanoTime}. */
    private final long[] nextAt;

    /** When others were told of this instance; 0: not yet. */
    private long saidAt;

    @Inject
    DuePoller(
            Vertx vertx,
            DueStore store,
            @All List<DueListener> listeners,
            PollConfig times,
            WakeUps wakeUps,
            OwnQueue own) {
        this(vertx, store, listeners, times, wakeUps::live, own);
    }

    /** @param wakeUpsLive whether hints about the queues of a bucket are known to arrive at present */
    public DuePoller(
            Vertx vertx,
            DueStore store,
            List<DueListener> listeners,
            PollConfig times,
            IntPredicate wakeUpsLive,
            OwnQueue own) {
        this.vertx = vertx;
        this.store = store;
        this.listeners = listeners;
        this.times = times;
        this.wakeUpsLive = wakeUpsLive;
        this.instances = new PollingInstances(store);
        this.own = own;
        this.asking = new AtomicIntegerArray(store.buckets());
        this.nextAt = new long[store.buckets()];
    }

    /** Before anything is begun. */
    void check(@Observes @Priority(1) StartupEvent event) {
        PollConfig.check(times);
    }

    void start(@Observes StartupEvent event) {
        poll();
    }

    void stop(@Observes ShutdownEvent event) {
        close();
    }

    /** Polls now, and from now on at the pace that fits; to be called again when that may have changed. Returns at once. */
    public synchronized void poll() {
        Arrays.fill(nextAt, System.nanoTime());
        pollDue();
    }

    /** The buckets whose time has come. */
    private synchronized void pollDue() {
        if (closed) {
            return;
        }
        long now = System.nanoTime();
        Duration fast = next(times, false);
        Duration slow = next(times, true);
        Duration shared = slow.multipliedBy(instances.count());
        int ownBucket = store.bucketOf(own.name());
        int ownOfSecond = store.bucketOf(own.name().inSecondStore());
        Map<Integer, Duration> due = new LinkedHashMap<>();
        long first = slow.toNanos();
        boolean anyLive = false;
        for (int bucket = 0; bucket < nextAt.length; bucket++) {
            boolean live = live(bucket);
            anyLive |= live;
            Duration wait = !live ? fast : bucket == ownBucket || bucket == ownOfSecond ? slow : shared;
            nextAt[bucket] = Math.min(nextAt[bucket], now + wait.toNanos());
            if (nextAt[bucket] - now < EARLY) {
                due.put(bucket, wait);
                nextAt[bucket] = now + wait.toNanos();
            }
            first = Math.min(first, nextAt[bucket] - now);
        }
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(first)), fired -> pollDue());
        if (!anyLive) {
            instances.relyOnNone();
        } else if (saidAt == 0 || now - saidAt > times.interval().toNanos() / 2) {
            saidAt = now;
            instances.say(times.interval());
        }
        due.forEach(this::ask);
    }

    /** How many instances share what each of them may do, this one among them, as far as any can be relied upon. */
    public int sharers() {
        return instances.count();
    }

    public synchronized void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }

    @Override
    public String name() {
        return "poller";
    }

    /** Trusts nothing: should answers have gone missing, everything is asked for again. */
    @Override
    public void recycle(String reason) {
        for (int bucket = 0; bucket < asking.length(); bucket++) {
            asking.set(bucket, 0);
        }
        poll();
    }

    /** One wait, spread by a quarter either way, so that instances started together do not come together. */
    static Duration next(PollConfig times, boolean live) {
        Duration slow = times.interval();
        Duration fast = times.fastInterval();
        Duration interval = live || slow.compareTo(fast) < 0 ? slow : fast;
        long half = interval.toMillis() / 2;
        return interval.minusMillis(half / 2)
                .plusMillis(ThreadLocalRandom.current().nextLong(half + 1));
    }

    /** Never throws: everything hangs on the next poll. */
    private boolean live(int bucket) {
        try {
            return wakeUpsLive.test(bucket);
        } catch (RuntimeException e) {
            LOG.debug("the state of wake-ups could not be read", e);
            return false;
        }
    }

    private void ask(int bucket, Duration untilNext) {
        if (!asking.compareAndSet(bucket, 0, 1)) {
            return;
        }
        try {
            // What becomes due before the next poll may come is told by this one.
            store.due(bucket, untilNext.multipliedBy(2))
                    .onTermination()
                    .invoke(() -> asking.set(bucket, 0))
                    .subscribe()
                    .with(
                            due -> tell(bucket, due),
                            failure -> LOG.debugf(failure, "bucket %d not polled; the next poll will", bucket));
        } catch (RuntimeException e) {
            asking.set(bucket, 0);
            LOG.errorf(e, "Unexpected when bucket %d was polled", bucket);
        }
    }

    private void tell(int bucket, DueInBucket due) {
        for (DueListener listener : listeners) {
            try {
                listener.due(due.queues());
                due.flows().ifPresent(in -> listener.flowsDue(bucket, in));
                due.notices().ifPresent(in -> listener.noticesDue(bucket, in));
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed; the other listeners are still called", listener.getClass());
            }
        }
    }
}
