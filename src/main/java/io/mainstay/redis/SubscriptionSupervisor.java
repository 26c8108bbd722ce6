package io.mainstay.redis;

import io.mainstay.health.SubscriptionState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.RedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Keeps a subscription for as long as the process lives: {@code connecting -> live -> suspect -> down}, and again.
 *
 * <p>Approach: generations. What ends one, be it the end of its connection, an error, an UNSUBSCRIBE by the server, an
 * echo or a canary that stays away, is all the same: it is abandoned, and {@link SubscriptionRounds} make the next.
 * {@link Canary} says when silence is held against it.
 *
 * <p>Invariant: at any time there is a subscription that is being judged, or a round under way, or a time at which the
 * next begins; a timer that nothing can stop sees to each of them.
 *
 * <p>All state belongs to one event loop.
 */
final class SubscriptionSupervisor implements Subscription.Receiver, SubscriptionRounds.Owner {

    /** Where to, and what is told. On the event loop; what they throw is logged. */
    interface Outside {

        /** A connection of its own. */
        Future<RedisConnection> connect(ContextInternal context);

        /** Publishes over the command links; the item says that Redis took it. */
        Uni<?> publish(String channel, String text);

        void message(String channel, String text);

        /** Messages may have been missed. */
        void missed();

        void changed(SubscriptionState to);

        void canaryBack(Duration travelled);
    }

    private static final Logger LOG = Logger.getLogger(SubscriptionSupervisor.class);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final int CHECKS_PER_INTERVAL = 10;
    /** A generation that ended sooner is not replaced at once, or killing it in a loop would make a storm. */
    private static final long SHORT_LIFE = TimeUnit.SECONDS.toNanos(1);

    private final ContextInternal context;
    private final Outside outside;
    private final WakeUpSettings settings;
    private final SubscriptionRounds rounds;
    private final SubscriptionPlan plan;
    private final long interval;

    private volatile SubscriptionState state;
    private volatile boolean closed;
    private Subscription current;
    private Canary canary;
    private long bornAt;
    private long canaries;
    private long nextCanary;
    private long lastTick;
    private Throwable lastFailure;
    /** Whether the log says that it does not work. */
    private boolean warned;

    SubscriptionSupervisor(
            ContextInternal context,
            WakeUpSettings settings,
            SubscribePolicy policy,
            SubscriptionPlan plan,
            Outside outside) {
        this.context = context;
        this.settings = settings;
        this.rounds = new SubscriptionRounds(context, policy, settings.subscribeTimeout(), this);
        this.plan = plan;
        this.outside = outside;
        this.interval = settings.canaryInterval().toNanos();
    }

    void start() {
        onLoop(() -> {
            lastTick = System.nanoTime();
            context.setPeriodic(settings.canaryInterval().toMillis() / CHECKS_PER_INTERVAL, this::tick);
            change(SubscriptionState.CONNECTING);
            rounds.begin();
        });
    }

    boolean live() {
        return state == SubscriptionState.LIVE && !closed;
    }

    /** Replaces the subscription, or the round under way, unless that has only just begun. Any thread. */
    void recycle(String reason) {
        onLoop(() -> {
            if (current != null) {
                lose("it is to be recycled: " + reason, null);
            } else {
                rounds.recycle();
            }
        });
    }

    /** Idempotent. Any thread. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.runOnContext(ignored -> {
            rounds.close();
            if (current != null) {
                current.abandon();
            }
        });
    }

    @Override
    public Subscription fresh() {
        return new Subscription(context, List.of(plan.channel(), plan.canaryChannel()), plan.extras(), this);
    }

    @Override
    public Future<RedisConnection> connect() {
        return outside.connect(context);
    }

    @Override
    public void subscribed(Subscription fresh) {
        guarded(() -> {
            long now = System.nanoTime();
            current = fresh;
            bornAt = now;
            canary = new Canary(settings.canaryInterval(), now);
            sendCanary(now);
            outside.missed();
        });
    }

    @Override
    public void roundFailed(Throwable why) {
        guarded(() -> {
            lastFailure = why;
            change(SubscriptionState.DOWN);
        });
    }

    @Override
    public void heard(Subscription from) {
        if (from == current) {
            canary.heard();
        }
    }

    @Override
    public void message(Subscription from, String channel, String text) {
        guarded(() -> {
            if (!plan.canaryChannel().equals(channel)) {
                outside.message(channel, text);
            } else if (from == current) {
                canaryBack(text);
            }
        });
    }

    @Override
    public void ended(Subscription from, String why, Throwable cause) {
        guarded(() -> {
            if (from == current) {
                lose(why, cause);
            }
        });
    }

    private void tick(long timer) {
        if (closed) {
            context.owner().cancelTimer(timer);
            return;
        }
        guarded(() -> {
            long now = System.nanoTime();
            // After a freeze of this process, what was said meanwhile has to be read before anybody is judged.
            boolean frozen = now - lastTick > interval;
            lastTick = now;
            if (current == null) {
                rounds.check();
                return;
            }
            if (now - nextCanary >= 0) {
                sendCanary(now);
            }
            if (canary.askForEcho(now)) {
                current.echo();
            }
            if (!frozen) {
                judge(now);
            }
        });
    }

    private void sendCanary(long now) {
        nextCanary = now + interval;
        long number = ++canaries;
        Canary of = canary;
        of.sent(now);
        outside.publish(plan.canaryChannel(), Long.toString(number))
                .subscribe()
                .with(
                        taken -> onLoop(() -> of.acknowledged(number, System.nanoTime())),
                        error -> onLoop(() -> lastFailure = error.getCause() == null ? error : error.getCause()));
    }

    private void canaryBack(String text) {
        long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : Long.MAX_VALUE;
        if (number > canaries) {
            LOG.debugf("Ignored on %s: not one of ours", plan.canaryChannel());
            return;
        }
        Duration travelled = canary.back(number, System.nanoTime());
        change(SubscriptionState.LIVE);
        lastFailure = null;
        outside.canaryBack(travelled);
    }

    private void judge(long now) {
        switch (canary.judge(now)) {
            case NO_ECHO -> lose("its connection does not answer", null);
            case LOST -> lose("a message published to it did not arrive", null);
            case LATE -> {
                if (state != SubscriptionState.DOWN) {
                    change(SubscriptionState.SUSPECT);
                }
            }
            case PROVEN, UNPROVEN -> {}
        }
    }

    private void lose(String why, Throwable cause) {
        Subscription lost = current;
        current = null;
        // First of all, so that there is a next round whatever happens below.
        rounds.beginLater();
        lost.abandon();
        lastFailure = new LinkLostException(why, cause);
        change(SubscriptionState.DOWN);
        outside.missed();
        if (canary.everProven() && System.nanoTime() - bornAt >= SHORT_LIFE) {
            change(SubscriptionState.CONNECTING);
            rounds.begin();
        }
    }

    /** Down stays down until a canary is back, however often the next generation is torn down before. */
    private void change(SubscriptionState to) {
        SubscriptionState from = state;
        if (from == to || closed) {
            return;
        }
        state = to;
        log(from, to);
        outside.changed(to);
        if (to == SubscriptionState.LIVE || from == SubscriptionState.LIVE && to == SubscriptionState.SUSPECT) {
            outside.missed();
        }
    }

    private void log(SubscriptionState from, SubscriptionState to) {
        String why = lastFailure == null ? "a canary is late" : lastFailure.getMessage();
        if (to == SubscriptionState.LIVE) {
            LOG.logf(warned ? Logger.Level.INFO : Logger.Level.DEBUG, "%s come through (was %s)", plan.what(), from);
            warned = false;
        } else if (to == SubscriptionState.SUSPECT) {
            LOG.warnf("%s are not proven to come through; %s: %s", plan.what(), plan.meanwhile(), why);
            warned = true;
        } else if (to == SubscriptionState.DOWN) {
            LOG.warnf("%s are down: %s; %s, subscribing again until it works", plan.what(), why, plan.meanwhile());
            warned = true;
        }
    }

    private void onLoop(Runnable task) {
        if (!closed) {
            context.runOnContext(ignored -> guarded(task));
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            LOG.error("Unexpected, and survived, in the supervisor of a subscription", thrown);
        }
    }
}
