package io.mainstay.redis.connection;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkState;
import io.mainstay.queue.health.NoticedBy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What is known of a link: told to observers, and to the log. An outage makes one warning when it begins, one with the
 * reason why the first reconnect failed, one a minute while it lasts, and one line when it is over. A link that comes
 * and goes warns once a minute.
 */
final class LinkStatus {

    private static final Logger LOG = Logger.getLogger(RedisLink.class);
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LinkName link;
    private final List<ConnectionObserver> observers;
    private volatile LinkState state = LinkState.CONNECTING;
    private long awaySince = System.nanoTime();
    /** Whether the log says that it is away. */
    private boolean warned;

    /** What is wrong with how it is configured, as observers know it. */
    private Optional<String> fault = Optional.empty();

    private long warnedAt = awaySince - REMINDER_NANOS;

    LinkStatus(LinkName link, List<ConnectionObserver> observers) {
        this.link = link;
        this.observers = List.copyOf(observers);
        tell(observer -> observer.linkOpened(link.kind()));
    }

    /** Read by any thread; written on the event loop, as everything below. */
    LinkState state() {
        return state;
    }

    void verified(int failedTries) {
        if (warned) {
            LOG.infof("Redis link %s is back after %d ms and %d failed tries", link, awayMs(), failedTries);
            warned = false;
        }
        fault(Optional.empty());
        change(LinkState.VERIFIED);
    }

    void suspect() {
        LOG.debugf("Redis link %s: an answer is late; opening another connection", link);
        change(LinkState.SUSPECT);
    }

    void answered() {
        change(LinkState.VERIFIED);
    }

    /** @param again whether it had only just come back: worth a warning only now and then */
    void dead(NoticedBy by, String why, boolean again) {
        awaySince = System.nanoTime();
        if (!again || reminderIsDue()) {
            warn("Redis link %s is lost: %s; reconnecting".formatted(link, why));
        }
        tell(observer -> observer.linkLost(link.kind(), by));
        change(LinkState.DEAD);
    }

    void closed() {
        fault(Optional.empty());
        tell(observer -> observer.linkClosed(link.kind(), state));
    }

    void connecting() {
        change(LinkState.CONNECTING);
    }

    /** @param failedTries since it was lost, this one included */
    void connectFailed(int failedTries, Throwable why) {
        fault(MisconfiguredException.sentence(why));
        if (warned && failedTries == 1 || reminderIsDue()) {
            warn("Redis link %s has been away for %d ms: %s; trying again until it is back"
                    .formatted(link, awayMs(), why.getMessage()));
        }
    }

    private void fault(Optional<String> now) {
        if (!now.equals(fault)) {
            fault = now;
            tell(observer -> observer.linkMisconfigured(link.toString(), now));
        }
    }

    private void warn(String message) {
        LOG.warn(message);
        warned = true;
        warnedAt = System.nanoTime();
    }

    private boolean reminderIsDue() {
        return System.nanoTime() - warnedAt >= REMINDER_NANOS;
    }

    private long awayMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - awaySince);
    }

    private void change(LinkState to) {
        if (to != state) {
            LinkState from = state;
            state = to;
            tell(observer -> observer.linkChanged(link.kind(), from, to));
        }
    }

    private void tell(Consumer<ConnectionObserver> event) {
        for (ConnectionObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException e) {
                LOG.warnf(e, "Who observes Redis links failed");
            }
        }
    }
}
