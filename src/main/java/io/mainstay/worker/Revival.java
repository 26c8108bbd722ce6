package io.mainstay.worker;

import java.util.concurrent.TimeoutException;

/**
 * Makes the dispatcher's moving parts anew while it runs: calls under way are given up, which has each of them sent
 * again the way a lost answer has (claims under their own token, so no job is leased twice; reports until their leases
 * end), and every timer that keeps something going is set again. Running attempts and their leases stay as they are.
 *
 * <p>None of this should ever be needed: calls have bounds, timers are set before work is done. It is for the errors
 * that nobody thought of, so it trusts nothing that could have gone missing: no flag that says a timer is set or an
 * answer on its way. What it cannot do is free a loop whose thread is stuck in somebody's code.
 */
final class Revival {

    private final Loop loop;
    private final Signal signal;
    private final Feeds feeds;
    private final Poller poller;
    private final LeaseKeeper leases;
    private final Deadlines deadlines;

    Revival(Loop loop, Signal signal, Feeds feeds, Poller poller, LeaseKeeper leases, Deadlines deadlines) {
        this.loop = loop;
        this.signal = signal;
        this.feeds = feeds;
        this.poller = poller;
        this.leases = leases;
        this.deadlines = deadlines;
    }

    /** Any thread; returns at once. */
    void begin(String reason) {
        loop.rouse();
        loop.run(() -> {
            signal.reset();
            // One by one: whatever is wrong with one of them must not keep the others from going on.
            loop.run(() -> loop.giveUpCalls(new TimeoutException("given up to heal: " + reason)));
            loop.run(() -> feeds.all().forEach(Feed::restNoLonger));
            loop.run(deadlines::restart);
            loop.run(leases::restart);
            loop.run(poller::tick);
        });
    }
}
