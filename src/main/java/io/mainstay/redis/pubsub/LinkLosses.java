package io.mainstay.redis.pubsub;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;

/** Tells of lost links: wake-ups take the same way as commands, and what is lost of them nobody answers. */
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
