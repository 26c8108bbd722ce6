package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.LinkLostException;
import io.mainstay.vertx.EventLoop;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a subscription for as long as the process lives: {@code connecting -> live -> suspect -> down}, and again.
 *
 * <p>Approach: generations. What ends one, be it the end of its connection, an error, an UNSUBSCRIBE by the server, an
 * echo or a canary that stays away, makes no difference: it is abandoned, and {@link Resubscriber} make the next.
 * {@link SubscriptionHealth} says when silence is held against it.
 *
 * <p>Invariant: at any time there is a subscription that is being judged, or a round under way, or a time at which the
 * next begins; a timer that nothing can stop sees to each of them. All state belongs to one event loop.
 */
final class SubscriptionSupervisor implements Subscription.Receiver, Resubscriber.Owner {

    private static final int CHECKS_PER_INTERVAL = 10;
    private final EventLoop loop;
    private final PubSubTransport transport;
    private final SubscriptionListener listener;
    private final SubscriptionStatus status;
    private final WakeUpConfig config;
    private final Resubscriber resubscriber;
    private final SubscriptionPlan plan;
    private final Canaries canaries;
    private final GuardedTasks tasks;
    private final long interval;
    private volatile boolean closed;
    private Subscription current;
    private SubscriptionHealth health;
    private long nextCanary;
    private long lastTick;

    SubscriptionSupervisor(
            EventLoop loop,
            WakeUpConfig config,
            SubscribePolicy policy,
            SubscriptionPlan plan,
            PubSubTransport transport,
            SubscriptionListener listener) {
        this.loop = loop;
        this.config = config;
        this.resubscriber = new Resubscriber(loop, policy, config.subscribeTimeout(), this);
        this.plan = plan;
        this.transport = transport;
        this.listener = listener;
        this.status = new SubscriptionStatus(plan, listener);
        this.canaries = new Canaries(transport, plan, config.canaryInterval());
        this.interval = config.canaryInterval().toNanos();
        this.tasks = new GuardedTasks(loop, () -> closed);
    }

    void start() {
        tasks.later(() -> {
            lastTick = System.nanoTime();
            loop.setPeriodic(config.canaryInterval().toMillis() / CHECKS_PER_INTERVAL, this::tick);
            status.connecting();
            resubscriber.begin();
        });
    }

    /** The event loop that the listener is told on. */
    EventLoop loop() {
        return loop;
    }

    boolean live() {
        return status.live();
    }

    /** The same of messages that are published at the shard of a key. */
    boolean live(String key) {
        return live() && canaries.proven(key);
    }

    /** Replaces the subscription, or the round under way, unless that has only just begun. Any thread. */
    void recycle(String reason) {
        tasks.later(() -> {
            if (current != null) {
                lose("it is recycled: " + reason, null);
            } else {
                resubscriber.recycle();
            }
        });
    }

    /** The way to the store has troubles: no message is relied upon until a canary, sent at once, is back. Any thread. */
    void doubt() {
        tasks.later(() -> {
            long now = System.nanoTime();
            if (current != null && health.doubt(now)) {
                status.doubted();
                nextCanary = now;
                ask(now);
            }
        });
    }

    /** Idempotent. Any thread. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        status.close();
        loop.later(() -> {
            resubscriber.close();
            if (current != null) {
                current.abandon();
            }
        });
    }

    @Override
    public Subscription fresh() {
        return new Subscription(loop, List.of(plan.channel(), plan.canaryChannel()), plan.extras(), this);
    }

    @Override
    public Future<RedisConnection> connect() {
        return transport.connect(loop);
    }

    @Override
    public void subscribed(Subscription fresh) {
        tasks.now(() -> {
            long now = System.nanoTime();
            current = fresh;
            health = new SubscriptionHealth(config.canaryInterval(), now);
            canaries.beginAnew();
            sendCanaries(now);
            listener.missed();
        });
    }

    @Override
    public void roundFailed(Throwable why) {
        tasks.now(() -> status.down(why));
    }

    @Override
    public void heard(Subscription from) {
        if (from == current) {
            health.heard(System.nanoTime());
        }
    }

    @Override
    public void message(Subscription from, String channel, String text) {
        tasks.now(() -> {
            if (!plan.canaryChannel().equals(channel)) {
                listener.message(channel, text);
            } else if (from == current) {
                canaryBack(text);
            }
        });
    }

    @Override
    public void ended(Subscription from, String why, Throwable cause) {
        tasks.now(() -> {
            if (from == current) {
                lose(why, cause);
            }
        });
    }

    private void tick(long timer) {
        if (closed) {
            loop.cancelTimer(timer);
            return;
        }
        tasks.now(() -> {
            long now = System.nanoTime();
            // After a freeze of this process, what was said meanwhile must be read before anybody is judged.
            boolean frozen = now - lastTick > interval;
            lastTick = now;
            if (current == null) {
                resubscriber.check();
                return;
            }
            ask(now);
            if (!frozen) {
                judge(now);
            }
        });
    }

    private void ask(long now) {
        if (now - nextCanary >= 0) {
            sendCanaries(now);
        }
        if (health.askForEcho(now)) {
            current.echo();
        }
    }

    private void sendCanaries(long now) {
        nextCanary = now + interval;
        SubscriptionHealth of = health;
        of.sent(now);
        canaries.send(
                now,
                number -> tasks.later(() -> of.acknowledged(number, System.nanoTime())),
                error -> tasks.later(() -> status.failing(error.getCause() == null ? error : error.getCause())));
    }

    private void canaryBack(String text) {
        canaries.back(text).ifPresent(number -> {
            Duration travelled = health.back(number, System.nanoTime());
            status.proven();
            listener.canaryBack(travelled);
        });
    }

    private void judge(long now) {
        if (canaries.shardLost(now)) {
            listener.missed();
            sendCanaries(now);
            return;
        }
        switch (health.judge(now)) {
            case NO_ECHO -> lose("its connection does not answer", null);
            case LOST -> lose("a message published to it did not arrive", null);
            case LATE -> status.late();
            case PROVEN, UNPROVEN -> {}
        }
    }

    private void lose(String why, Throwable cause) {
        Subscription lost = current;
        current = null;
        // First of all, so that there is a next round whatever happens below.
        resubscriber.beginLater();
        lost.abandon();
        status.down(new LinkLostException(why, cause));
        listener.missed();
        if (health.stable(System.nanoTime())) {
            status.connecting();
            resubscriber.begin();
        }
    }
}
