package io.mainstay.redis.check;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What a managed Redis says of its own maintenance. From a notice that it starts, until the one that it ended or five
 * minutes at most, wake-ups are not relied upon: connections are about to be cut and the primary to be moved, and fast
 * polling at such a time costs little.
 *
 * <p>The bound takes the place of the announced times: the notice that maintenance <i>starts</i> comes seconds before it,
 * the notice that it is <i>scheduled</i> only approximately, up to fifteen minutes before, and the notice that it ended
 * may be lost with the connection. So a schedule is logged and counted, no more, and no clock is compared with another's.
 * Confined to the supervisor's event loop, but for {@link #near()}.
 */
public final class MaintenanceNotices {

    /** Where Azure Cache for Redis publishes; on any other Redis nobody does. */
    public static final String CHANNEL = "AzureRedisEvents";

    private static final Logger LOG = Logger.getLogger(MaintenanceNotices.class);
    /** The example of Microsoft's description takes three minutes and a half. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;
    private volatile boolean expected;
    private volatile long startedAt;

    public MaintenanceNotices(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @return what is announced, one of few words */
    public String take(String message) {
        AzureNotice notice = AzureNotice.parse(message);
        LOG.infof(
                "Redis announces maintenance: %s%s%s",
                notice.kind().label(),
                notice.replica() ? " of a replica" : "",
                notice.start().map(start -> " at " + start).orElse(""));
        switch (notice.kind()) {
            case STARTING, START -> {
                startedAt = nanoTime.getAsLong();
                expected = true;
            }
            case ENDED -> expected = false;
            case SCHEDULED, FAILOVER_COMPLETE, SCALE_COMPLETE, OTHER -> {}
        }
        return notice.kind().label();
    }

    /** Whether maintenance is about to begin or under way. Any thread. */
    public boolean near() {
        return expected && nanoTime.getAsLong() - startedAt < LONGEST.toNanos();
    }
}
