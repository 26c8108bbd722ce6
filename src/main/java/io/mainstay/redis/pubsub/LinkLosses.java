package io.mainstay.redis.pubsub;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;

/** Reports lost links: wake-ups take the same path as commands, but a lost wake-up goes unnoticed. */
public final class LinkLosses implements ConnectionObserver {

    private volatile Runnable told = () -> {};

    /** Has {@code told} run with each loss from now on, on any thread. */
    public void tell(Runnable told) {
        this.told = told;
    }

    @Override
    public void linkChanged(LinkKind kind, LinkState from, LinkState to) {
        if (to == LinkState.DEAD) {
            told.run();
        }
    }
}
