package io.mainstay.redis.pubsub;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.SubscriptionState;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.WakeUps;
import io.mainstay.redis.check.MaintenanceNotices;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Wake-up hints through pub/sub, and whether they can be relied upon. {@link SubscriptionSupervisor} keeps the
 * subscription; this tells everybody, and survives whatever those who are told throw.
 */
public final class RedisWakeUps implements WakeUps, Recyclable, SubscriptionListener {

    private static final Logger LOG = Logger.getLogger(RedisWakeUps.class);

    private final List<ConnectionObserver> observers;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenEventsWanted = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> whenWaits = new CopyOnWriteArrayList<>();
    private final MaintenanceNotices notices = new MaintenanceNotices(System::nanoTime);
    private final SubscriptionSupervisor supervisor;
    private final Subscriptions subscriptions;
    private final ShardListeners direct;
    private final DuplicateFilter duplicates = new DuplicateFilter();

    public RedisWakeUps(Subscriptions subscriptions, List<ConnectionObserver> observers) {
        this.observers = observers;
        this.subscriptions = subscriptions;
        this.supervisor = subscriptions.supervise(SubscriptionPlan::ofWakeUps, this);
        this.direct = subscriptions.atEachShard(supervisor, RedisKeys.WAKE_CHANNEL, this::direct);
    }

    /** To be called once. */
    public void start() {
        supervisor.start();
        direct.start();
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Has {@code told} run, on an event loop, whenever an instance says that it wants to hear of changes. */
    void whenEventsWanted(Runnable told) {
        whenEventsWanted.add(told);
    }

    /** Has {@code told} take, on an event loop, what instances say of jobs that are waited for. */
    void whenWaits(Consumer<String> told) {
        whenWaits.add(told);
    }

    /** False around announced maintenance, too. */
    @Override
    public boolean live() {
        return supervisor.live() && !notices.near();
    }

    @Override
    public boolean live(int bucket) {
        return supervisor.live(RedisKeys.ofBucket(bucket)) && !notices.near();
    }

    @Override
    public String name() {
        return "subscription";
    }

    @Override
    public void recycle(String reason) {
        supervisor.recycle(reason);
    }

    /** A link was lost: hints are not relied upon until one is known to arrive. Any thread. */
    public void doubt() {
        supervisor.doubt();
    }

    /** Before anything it depends on is gone, so that its end is no event. */
    public void close() {
        direct.close();
        supervisor.close();
    }

    @Override
    public void message(String channel, String text) {
        if (MaintenanceNotices.CHANNEL.equals(channel)) {
            String kind = notices.take(text);
            tell(observers, observer -> observer.maintenanceAnnounced(kind));
            // What was published while the primary moved may be lost, though the subscription was not.
            missed();
        } else if (RedisKeys.EVENTS_WANTED.equals(channel)) {
            tell(whenEventsWanted, Runnable::run);
        } else if (RedisKeys.WAITS_CHANNEL.equals(channel)) {
            tell(whenWaits, told -> told.accept(text));
        } else if (!subscriptions.clustered()
                || duplicates.isFirst(text, DuplicateFilter.Path.BUS, System.nanoTime())) {
            hint(text);
        }
    }

    /** At a node come all messages, those of other nodes late: each counts at the node that has its queue. */
    private void direct(Shard from, String text) {
        QueueName queue;
        try {
            queue = queue(text.split(" ", 2)[0]);
        } catch (InvalidValueException e) {
            return;
        }
        if (from.equals(subscriptions.shardOf(new RedisKeys(queue).base()))
                && duplicates.isFirst(text, DuplicateFilter.Path.DIRECT, System.nanoTime())) {
            hint(text);
        }
    }

    @Override
    public void missed() {
        tell(listeners, Listener::missed);
    }

    @Override
    public void changed(SubscriptionState to) {
        tell(observers, observer -> observer.subscriptionChanged(to));
    }

    @Override
    public void canaryBack(Duration travelled) {
        tell(observers, observer -> observer.wakeUpProven(travelled));
    }

    private void hint(String text) {
        String[] words = text.split(" ");
        try {
            QueueName queue = queue(words[0]);
            List<JobId> cancelled = Arrays.stream(words).skip(1).map(JobId::new).toList();
            if (cancelled.isEmpty()) {
                Set<HandlerName> handlers = handlers(words[0]);
                tell(listeners, listener -> listener.hint(queue, handlers));
            } else {
                tell(listeners, listener -> listener.cancelled(queue, cancelled));
            }
        } catch (InvalidValueException e) {
            LOG.debugf("Ignored on %s: %s", RedisKeys.WAKE_CHANNEL, e.getMessage());
        }
    }

    private static QueueName queue(String word) {
        int slash = word.indexOf('/');
        return QueueName.stored(slash < 0 ? word : word.substring(0, slash));
    }

    /** Empty also where one cannot be read: jobs that are no jobs any more are for any worker to set aside. */
    private static Set<HandlerName> handlers(String word) {
        int slash = word.indexOf('/');
        if (slash < 0) {
            return Set.of();
        }
        try {
            return Arrays.stream(word.substring(slash + 1).split(","))
                    .map(HandlerName::new)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (InvalidValueException e) {
            return Set.of();
        }
    }

    private static <T> void tell(List<T> all, Consumer<T> what) {
        for (T each : all) {
            try {
                what.accept(each);
            } catch (Throwable thrown) {
                LOG.errorf(thrown, "%s failed; the other listeners are still called", each.getClass());
            }
        }
    }
}
