package io.mainstay.health.recovery;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;
import io.mainstay.health.SubscriptionState;
import io.mainstay.queue.health.InstanceHealth;
import io.mainstay.queue.health.NoticedBy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What is known of the connections to one store, and the recovery that is under way, if one is. Thread-safe. */
final class StoreConnections implements ConnectionObserver {

    private final RecoveryLog log;
    private final String store;
    private final Map<LinkState, Integer> links = new EnumMap<>(LinkState.class);
    private SubscriptionState subscription = SubscriptionState.CONNECTING;
    private boolean writesRefused;
    /** Null while all is well. Read without the lock for each claim. */
    private volatile OngoingRecovery ongoing;

    StoreConnections(RecoveryLog log, String store) {
        this.log = log;
        this.store = store;
    }

    @Override
    public ConnectionObserver ofStore(String other) {
        return log.connections(other);
    }

    @Override
    public synchronized void linkOpened(LinkKind kind) {
        count(LinkState.CONNECTING, 1);
    }

    @Override
    public synchronized void linkLost(LinkKind kind, NoticedBy by) {
        disturbed(by);
        ongoing.linkLost();
        log.changed();
    }

    @Override
    public synchronized void linkChanged(LinkKind kind, LinkState from, LinkState to) {
        count(from, -1);
        count(to, 1);
        look();
    }

    @Override
    public synchronized void linkClosed(LinkKind kind, LinkState last) {
        count(last, -1);
        look();
    }

    @Override
    public synchronized void writesRefused() {
        writesRefused = true;
        disturbed(NoticedBy.REFUSED_WRITES);
    }

    @Override
    public synchronized void writesTaken() {
        writesRefused = false;
        look();
    }

    @Override
    public synchronized void subscriptionChanged(SubscriptionState to) {
        SubscriptionState from = subscription;
        subscription = to;
        if (from == SubscriptionState.LIVE && to != SubscriptionState.LIVE) {
            if (ongoing == null) {
                disturbed(to == SubscriptionState.SUSPECT ? NoticedBy.CANARY : NoticedBy.SUBSCRIPTION_LOST);
                look();
            } else {
                ongoing.wakeUpsDisturbed(log.now());
                log.changed();
            }
        }
    }

    @Override
    public void wakeUpProven(Duration travelled) {
        if (ongoing != null) {
            long now = log.now();
            restored(recovery -> recovery.wakeUpCame(now - travelled.toNanos(), now));
        }
    }

    /** A claim brought jobs. */
    void jobsClaimed() {
        if (ongoing != null) {
            restored(recovery -> recovery.jobClaimed(log.now()));
        }
    }

    synchronized InstanceHealth.Links links() {
        return new InstanceHealth.Links(
                of(LinkState.VERIFIED), of(LinkState.SUSPECT), of(LinkState.CONNECTING) + of(LinkState.DEAD));
    }

    synchronized SubscriptionState subscription() {
        return subscription;
    }

    private void disturbed(NoticedBy by) {
        long now = log.now();
        if (ongoing == null) {
            ongoing = new OngoingRecovery(store, by, now);
            log.began(ongoing);
        } else {
            ongoing.disturbed(now);
            log.changed();
        }
    }

    private void look() {
        boolean allThere = of(LinkState.CONNECTING) + of(LinkState.DEAD) == 0;
        if (ongoing != null && allThere && !writesRefused) {
            restored(recovery -> recovery.commandsFlow(log.now()));
        }
    }

    private synchronized void restored(Step step) {
        OngoingRecovery recovery = ongoing;
        if (recovery != null && step.taken(recovery)) {
            log.changed();
            if (recovery.over(log.claims())) {
                ongoing = null;
                log.ended(recovery);
            }
        }
    }

    private void count(LinkState state, int more) {
        links.merge(state, more, Integer::sum);
    }

    private int of(LinkState state) {
        return links.getOrDefault(state, 0);
    }

    /** Something works again. */
    private interface Step {

        /** Whether that is news. */
        boolean taken(OngoingRecovery recovery);
    }
}
