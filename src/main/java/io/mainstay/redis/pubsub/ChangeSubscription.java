package io.mainstay.redis.pubsub;

import io.mainstay.events.ChangeFeed;
import io.mainstay.health.SubscriptionState;
import io.mainstay.job.QueueName;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One listener to state changes: a supervised subscription, and the announcement, again and again, that somebody
 * listens. Its listener is told to be live when both are proven: a canary came back, and Redis took the announcement.
 */
final class ChangeSubscription implements SubscriptionListener {

    private static final Logger LOG = Logger.getLogger(ChangeSubscription.class);

    /** Twice within the time for which it is believed, with room for one that is late. */
    private static final Duration SAY_EVERY = Duration.ofSeconds(2);

    private final RedisCalls calls;
    private final ChangeFeed.Listener listener;
    private final Runnable wantedHere;
    private final SubscriptionSupervisor supervisor;
    private long announcements;
    private boolean liveUntold;
    private volatile boolean closed;

    /** @param wantedHere told whenever the others are, at once and over no wire */
    ChangeSubscription(
            Subscriptions subscriptions, RedisCalls calls, ChangeFeed.Listener listener, Runnable wantedHere) {
        this.calls = calls;
        this.listener = listener;
        this.wantedHere = wantedHere;
        this.supervisor = subscriptions.supervise(SubscriptionPlan::ofEvents, this);
    }

    /** To be called once. */
    void start() {
        supervisor.start();
        announcements = supervisor.loop().setPeriodic(SAY_EVERY.toMillis(), ignored -> announce());
    }

    /** Idempotent. Any thread. */
    void close() {
        if (!closed) {
            closed = true;
            supervisor.loop().cancelTimer(announcements);
            supervisor.close();
        }
    }

    @Override
    public void message(String channel, String text) {
        if (closed) {
            return;
        }
        ChangeText message;
        try {
            Optional<QueueName> queue = ChangeText.queue(text);
            if (queue.isPresent()) {
                listener.changed(queue.get());
                return;
            }
            message = ChangeText.read(text);
        } catch (RuntimeException e) {
            LOG.debugf("Ignored on %s: %s", channel, e.getMessage());
            return;
        }
        if (message.dropped() > 0) {
            listener.dropped(message.dropped());
        }
        message.changes().forEach(listener::changed);
    }

    @Override
    public void missed() {
        // The listener learns of a gap when it is over.
    }

    @Override
    public void changed(SubscriptionState to) {
        if (to == SubscriptionState.LIVE) {
            liveUntold = true;
            announce();
        }
    }

    @Override
    public void canaryBack(Duration travelled) {
        // Whether wake-ups arrive is what is measured; this subscription goes the same way.
    }

    private void announce() {
        if (closed) {
            return;
        }
        wantedHere.run();
        calls.publish(RedisKeys.EVENTS_WANTED, "1")
                .subscribe()
                .with(
                        taken -> supervisor.loop().later(this::announced),
                        error -> LOG.debugf(error, "Could not announce that event streams are open"));
    }

    private void announced() {
        if (liveUntold && supervisor.live()) {
            liveUntold = false;
            listener.live();
        }
    }
}
