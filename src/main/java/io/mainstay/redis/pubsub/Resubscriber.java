package io.mainstay.redis.pubsub;

import io.mainstay.vertx.EventLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Rounds of attempts to subscribe, one at a time, until one succeeds. Each attempt is a generation of its own, and ends
 * that of the attempt before. Relies on {@link #check} being called again and again, and on nothing else: a round that
 * never ends, for whatever reason, is given up by it. Confined to one event loop.
 */
final class Resubscriber {

    /** What rounds need, and whom they tell. */
    interface Owner {

        Subscription fresh();

        Future<RedisConnection> connect();

        void subscribed(Subscription fresh);

        /** The next round begins by itself. */
        void roundFailed(Throwable why);
    }

    /** Far more than a round may take with all its waits and time-outs. */
    private static final int TIMEOUTS_PER_ROUND = 10;

    private static final long LEAST_PAUSE_MS = 200;
    private static final long MOST_PAUSE_MS = 400;
    private static final long YOUNG = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final SubscribePolicy policy;
    private final long longest;
    private final Owner owner;
    private Subscription candidate;
    private int round;
    private boolean underWay;
    /** When the round under way began, or the next is to begin. */
    private long beginsAt;

    private Throwable lastFailure;
    private volatile boolean closed;

    /** @param timeout of one attempt */
    Resubscriber(EventLoop loop, SubscribePolicy policy, Duration timeout, Owner owner) {
        this.loop = loop;
        this.policy = policy;
        this.longest = timeout.multipliedBy(TIMEOUTS_PER_ROUND).toNanos();
        this.owner = owner;
    }

    /** Begins a round, instead of one that may be under way. */
    void begin() {
        int mine = ++round;
        underWay = true;
        beginsAt = System.nanoTime();
        try {
            policy.round(() -> attempt(mine))
                    .subscribe()
                    .with(
                            subscribed -> onLoop(() -> ended(mine, subscribed)),
                            error -> onLoop(() -> failed(mine, error)));
        } catch (Throwable error) {
            failed(mine, error);
        }
    }

    /** Has the next round begin a little later. */
    void beginLater() {
        underWay = false;
        long pause = ThreadLocalRandom.current().nextLong(LEAST_PAUSE_MS, MOST_PAUSE_MS);
        beginsAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
    }

    /** To be called every now and then while there is no subscription. */
    void check() {
        long since = System.nanoTime() - beginsAt;
        if (underWay ? since > longest : since >= 0) {
            begin();
        }
    }

    /** Begins again, unless the round has only just begun or is about to. */
    void recycle() {
        if (System.nanoTime() - beginsAt > YOUNG) {
            begin();
        }
    }

    void close() {
        closed = true;
        discardCandidate();
    }

    private Uni<Subscription> attempt(int mine) {
        return Uni.createFrom()
                .emitter(emitter -> loop.later(() -> {
                    try {
                        if (over(mine)) {
                            throw new CancellationException("this round was abandoned");
                        }
                        discardCandidate();
                        candidate = owner.fresh();
                        candidate
                                .open(owner::connect)
                                .onSuccess(emitter::complete)
                                .onFailure(error -> {
                                    lastFailure = error;
                                    emitter.fail(error);
                                });
                    } catch (Throwable error) {
                        emitter.fail(error);
                    }
                }));
    }

    private void ended(int mine, Optional<Subscription> subscribed) {
        if (over(mine)) {
            subscribed.ifPresent(Subscription::abandon);
        } else if (subscribed.isPresent() && !subscribed.get().over()) {
            underWay = false;
            candidate = null;
            owner.subscribed(subscribed.get());
        } else {
            failed(mine, lastFailure);
        }
    }

    private void failed(int mine, Throwable why) {
        if (!over(mine)) {
            discardCandidate();
            beginLater();
            owner.roundFailed(why);
        }
    }

    /** The policy answers on threads of its own. At the end there may be no event loop any more. */
    private void onLoop(Runnable task) {
        if (!closed) {
            loop.later(task);
        }
    }

    private boolean over(int mine) {
        return closed || mine != round;
    }

    private void discardCandidate() {
        if (candidate != null) {
            candidate.abandon();
            candidate = null;
        }
    }
}
