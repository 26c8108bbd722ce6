package io.mainstay.redis;

import io.mainstay.queue.ConnectionObserver;
import io.mainstay.queue.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What is known of a link: told to observers, and to the log. An outage makes one warning when it begins, one with the
 * reason why the first reconnect failed, one a minute while it lasts, and one line when it is over.
 */
final class LinkStatus {

    private static final Logger LOG = Logger.getLogger(RedisLink.class);
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String link;
    private final List<ConnectionObserver> observers;
    private volatile LinkState state = LinkState.CONNECTING;
    private boolean everVerified;
    private boolean quiet;
    private long awaySince = System.nanoTime();
    private long remindedAt;

    LinkStatus(String link, List<ConnectionObserver> observers) {
        this.link = link;
        this.observers = List.copyOf(observers);
        tell(LinkState.CONNECTING);
    }

    /** Read by any thread; written on the event loop, as everything below. */
    LinkState state() {
        return state;
    }

    void verified(int failedTries) {
        Duration away = Duration.ofNanos(System.nanoTime() - awaySince);
        LOG.logf(
                everVerified && !quiet || failedTries > 0 ? Logger.Level.INFO : Logger.Level.DEBUG,
                "Redis link %s is back after %d ms and %d failed tries",
                link,
                away.toMillis(),
                failedTries);
        everVerified = true;
        change(LinkState.VERIFIED);
    }

    void suspect() {
        LOG.debugf("Redis link %s: an answer is late; making another connection", link);
        change(LinkState.SUSPECT);
    }

    void answered() {
        change(LinkState.VERIFIED);
    }

    /** @param again whether it had only just come back: not worth another warning */
    void dead(String why, boolean again) {
        awaySince = System.nanoTime();
        quiet = again;
        LOG.logf(
                again ? Logger.Level.DEBUG : Logger.Level.WARN,
                "Redis link %s is lost: %s; connecting anew",
                link,
                why);
        change(LinkState.DEAD);
    }

    void connecting() {
        change(LinkState.CONNECTING);
    }

    void connectFailed(int failedTries, Throwable why) {
        long now = System.nanoTime();
        if (failedTries == 1 && !quiet || now - remindedAt > REMINDER_NANOS) {
            remindedAt = now;
            LOG.warnf(
                    "Redis link %s has been away for %d ms: %s; trying again until it is back",
                    link, TimeUnit.NANOSECONDS.toMillis(now - awaySince), why.getMessage());
        }
    }

    private void change(LinkState to) {
        if (to != state) {
            state = to;
            tell(to);
        }
    }

    private void tell(LinkState to) {
        for (ConnectionObserver observer : observers) {
            try {
                observer.linkChanged(link, to);
            } catch (RuntimeException e) {
                LOG.warnf(e, "Who observes Redis links failed");
            }
        }
    }
}
