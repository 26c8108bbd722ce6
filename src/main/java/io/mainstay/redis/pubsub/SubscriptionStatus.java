package io.mainstay.redis.pubsub;

import io.mainstay.health.SubscriptionState;
import org.jboss.logging.Logger;

/**
 * What is known of a subscription: told to its listener, and to the log. Down stays down until a canary is back, however
 * often the next generation is torn down before. Written on the event loop.
 */
final class SubscriptionStatus {

    private static final Logger LOG = Logger.getLogger(SubscriptionSupervisor.class);

    private final SubscriptionPlan plan;
    private final SubscriptionListener listener;
    private volatile SubscriptionState state;
    private volatile boolean closed;
    private Throwable lastFailure;
    /** Whether the log says that it does not work. */
    private boolean warned;

    SubscriptionStatus(SubscriptionPlan plan, SubscriptionListener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    /** Any thread. */
    boolean live() {
        return state == SubscriptionState.LIVE && !closed;
    }

    void connecting() {
        change(SubscriptionState.CONNECTING);
    }

    void proven() {
        if (differs(SubscriptionState.LIVE)) {
            LOG.logf(warned ? Logger.Level.INFO : Logger.Level.DEBUG, "%s arrive (was %s)", plan.what(), state);
            warned = false;
        }
        change(SubscriptionState.LIVE);
        lastFailure = null;
    }

    void late() {
        if (state != SubscriptionState.DOWN && differs(SubscriptionState.SUSPECT)) {
            LOG.warnf("%s may not arrive; %s: %s", plan.what(), plan.meanwhile(), why());
            warned = true;
            change(SubscriptionState.SUSPECT);
        }
    }

    /** Like {@link #late}, for a moment: no warning. */
    void doubted() {
        if (state == SubscriptionState.LIVE) {
            LOG.debugf("%s must be checked again, because a link was lost", plan.what());
            change(SubscriptionState.SUSPECT);
        }
    }

    void down(Throwable why) {
        lastFailure = why;
        if (differs(SubscriptionState.DOWN)) {
            LOG.warnf("%s are down: %s; %s; subscribing again until it works", plan.what(), why(), plan.meanwhile());
            warned = true;
        }
        change(SubscriptionState.DOWN);
    }

    /** Something went wrong that changes nothing yet. */
    void failing(Throwable why) {
        lastFailure = why;
    }

    /** Nothing is told any more. Any thread. */
    void close() {
        closed = true;
    }

    private boolean differs(SubscriptionState to) {
        return state != to && !closed;
    }

    private void change(SubscriptionState to) {
        if (!differs(to)) {
            return;
        }
        SubscriptionState from = state;
        state = to;
        listener.changed(to);
        if (to == SubscriptionState.LIVE || from == SubscriptionState.LIVE && to == SubscriptionState.SUSPECT) {
            listener.missed();
        }
    }

    private String why() {
        return lastFailure == null ? "a canary is late" : lastFailure.getMessage();
    }
}
