package io.mainstay.redis;

import io.mainstay.events.ChangeFeed;
import io.mainstay.health.SubscriptionState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * One listener to state changes: a supervised subscription, and the announcement, again and again, that somebody
 * listens. Its listener is told to be live when both are proven: a canary came back, and Redis took the announcement.
 */
final class Listening implements SubscriptionSupervisor.Outside {

    private static final Logger LOG = Logger.getLogger(Listening.class);

    /** Twice within the time for which it is believed, with room for one that is late. */
    private static final Duration SAY_EVERY = Duration.ofSeconds(2);

    private final SubscriptionSource source;
    private final RedisCalls calls;
    private final ChangeFeed.Listener listener;
    private final Runnable wantedHere;
    private ContextInternal context;
    private SubscriptionSupervisor supervisor;
    private long announcements;
    private boolean liveUntold;
    private volatile boolean closed;

    /** @param wantedHere told whenever the others are, at once and over no wire */
    Listening(SubscriptionSource source, RedisCalls calls, ChangeFeed.Listener listener, Runnable wantedHere) {
        this.source = source;
        this.calls = calls;
        this.listener = listener;
        this.wantedHere = wantedHere;
    }

    /** To be called once. */
    void start(ContextInternal loop, WakeUpSettings settings, String token) {
        context = loop;
        SubscribePolicy policy = new SubscribePolicy(settings.subscribeTimeout());
        supervisor = new SubscriptionSupervisor(loop, settings, policy, SubscriptionPlan.ofEvents(token), this);
        supervisor.start();
        announcements = loop.setPeriodic(SAY_EVERY.toMillis(), ignored -> announce());
    }

    /** Idempotent. Any thread. */
    void close() {
        if (!closed) {
            closed = true;
            context.owner().cancelTimer(announcements);
            supervisor.close();
        }
    }

    @Override
    public Future<RedisConnection> connect(ContextInternal loop) {
        return source.connect(loop);
    }

    @Override
    public Uni<?> publish(String channel, String text) {
        return calls.publish(channel, text);
    }

    @Override
    public void message(String channel, String text) {
        if (closed) {
            return;
        }
        ChangeText message;
        try {
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
        // Whether wake-ups come through is what is measured; this subscription goes the same way.
    }

    private void announce() {
        if (closed) {
            return;
        }
        wantedHere.run();
        calls.publish(RedisKeys.EVENTS_WANTED, "1")
                .subscribe()
                .with(
                        taken -> context.runOnContext(ignored -> announced()),
                        error -> LOG.debugf(error, "Not announced that changes are wanted"));
    }

    private void announced() {
        if (liveUntold && supervisor.live()) {
            liveUntold = false;
            listener.live();
        }
    }
}
