package io.mainstay.redis.pubsub;

import io.mainstay.events.ChangeFeed;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * State changes through pub/sub. An instance that listens says so on a channel that every instance hears anyway, beside
 * its wake-ups, again every two seconds ({@link ChangeSubscription}); whoever heard it in the last five publishes the changes it makes. So nobody
 * pays for what nobody hears, nothing is kept in Redis, and an instance that dies is forgotten by itself. Changes come on
 * a connection of their own, so that a flood of them cannot hold up wake-ups.
 */
public final class RedisChangeFeed implements ChangeFeed {

    private static final Logger LOG = Logger.getLogger(RedisChangeFeed.class);

    private static final Duration BELIEVED_FOR = Duration.ofSeconds(5);
    private static final long CHECK_MS = 500;

    private final Subscriptions subscriptions;
    private final RedisCalls calls;
    private final EventLoop loop;
    private final ChangeSender sender;
    private final List<ChangeSubscription> listening = new CopyOnWriteArrayList<>();
    private volatile boolean wanted;
    /** On the loop, as the next. */
    private long wantedUntil;

    private boolean forgetting;

    public RedisChangeFeed(Vertx vertx, Subscriptions subscriptions, RedisCalls calls, RedisWakeUps wakeUps) {
        this.subscriptions = subscriptions;
        this.calls = calls;
        this.loop = VertxInternals.newEventLoop(vertx);
        this.sender = new ChangeSender(loop::later, text -> calls.publish(RedisKeys.EVENTS_CHANNEL, text));
        wakeUps.whenEventsWanted(this::wantedNow);
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public void tell(StateChange change) {
        sender.add(change);
    }

    /** One message each: these are few, and who is of an earlier version passes over it alone. */
    @Override
    public void tell(QueueName queue) {
        calls.publish(RedisKeys.EVENTS_CHANNEL, ChangeText.of(queue))
                .subscribe()
                .with(taken -> {}, error -> LOG.debugf(error, "Could not tell of a change of queue %s", queue));
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        ChangeSubscription subscription = new ChangeSubscription(subscriptions, calls, listener, this::wantedNow);
        listening.add(subscription);
        subscription.start();
        return () -> {
            listening.remove(subscription);
            subscription.close();
        };
    }

    public void close() {
        listening.forEach(ChangeSubscription::close);
        listening.clear();
    }

    /** Any thread. */
    private void wantedNow() {
        // At once: whoever calls this may be about to rely on it.
        wanted = true;
        loop.later(() -> {
            wantedUntil = System.nanoTime() + BELIEVED_FOR.toNanos();
            wanted = true;
            if (!forgetting) {
                forgetting = true;
                loop.setPeriodic(CHECK_MS, this::forget);
            }
        });
    }

    private void forget(long timer) {
        if (System.nanoTime() - wantedUntil >= 0) {
            wanted = false;
            forgetting = false;
            loop.cancelTimer(timer);
        }
    }
}
