package io.mainstay.queue.health;

import java.util.Optional;

/** What first showed that something is wrong with the way to the store. */
public enum NoticedBy {
    /** A connection ended. */
    LINK_LOST("link-lost"),
    /** A connection was not answered in time. */
    PROBE("probe"),
    /** The node that a connection leads to takes no writes any more, or somebody said that another one does. */
    ROLE_CHANGE("role-change"),
    /** The store refused writes. */
    REFUSED_WRITES("refused-writes"),
    /** A wake-up of this instance to itself did not come back. */
    CANARY("canary"),
    /** The connection that brings wake-ups ended. */
    SUBSCRIPTION_LOST("subscription-lost"),
    /** The watchdog replaced the connections, because no jobs flowed. */
    WATCHDOG("watchdog");

    private final String slug;

    NoticedBy(String slug) {
        this.slug = slug;
    }

    /** As answers, the log and Redis have it; does not change. */
    public String slug() {
        return slug;
    }

    public static Optional<NoticedBy> of(String slug) {
        for (NoticedBy each : values()) {
            if (each.slug.equals(slug)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
