package io.mainstay.redis.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * A notice of maintenance as Azure Cache for Redis publishes it: names and values in turn, between bars, for example
 * {@code NotificationType|NodeMaintenanceStarting|StartTimeInUTC|2026-01-31T12:34:19|IsReplica|False|…}. Names may come
 * in any order and be missing.
 *
 * @param kind what is announced
 * @param start when maintenance begins, where it is said and can be read
 * @param replica whether the node concerned is a replica, as far as is said
 * @see <a href="https://github.com/Azure/AzureCacheForRedis/blob/main/AzureRedisEvents.md">Microsoft's description</a>
 */
record AzureNotice(Kind kind, Optional<Instant> start, boolean replica) {

    enum Kind {
        /** Maintenance comes in ten minutes or so; the time is approximate. */
        SCHEDULED("scheduled"),
        /** In about twenty seconds. */
        STARTING("starting"),
        /** Within five. */
        START("start"),
        /** A replica has become primary. */
        FAILOVER_COMPLETE("failover_complete"),
        /** Nodes of a cluster were added or removed. */
        SCALE_COMPLETE("scale_complete"),
        ENDED("ended"),
        /** Unknown here. */
        OTHER("other");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For logs and metrics. */
        String label() {
            return label;
        }
    }

    private static final Map<String, Kind> KINDS = Map.of(
            "NodeMaintenanceScheduled", Kind.SCHEDULED,
            "NodeMaintenanceStarting", Kind.STARTING,
            "NodeMaintenanceStart", Kind.START,
            "NodeMaintenanceFailoverComplete", Kind.FAILOVER_COMPLETE,
            // As older servers say it.
            "NodeMaintenanceFailover", Kind.FAILOVER_COMPLETE,
            "NodeMaintenanceScaleComplete", Kind.SCALE_COMPLETE,
            "NodeMaintenanceEnded", Kind.ENDED);

    /** Reads anything; what it cannot make sense of is left out. */
    static AzureNotice parse(String message) {
        String[] parts = message.split("\\|", -1);
        Kind kind = Kind.OTHER;
        Optional<Instant> start = Optional.empty();
        boolean replica = false;
        for (int i = 0; i + 1 < parts.length; i += 2) {
            String value = parts[i + 1].strip();
            switch (parts[i].strip()) {
                case "NotificationType" -> kind = KINDS.getOrDefault(value, Kind.OTHER);
                case "StartTimeInUTC" -> start = instant(value);
                case "IsReplica" -> replica = Boolean.parseBoolean(value);
                default -> {}
            }
        }
        return new AzureNotice(kind, start, replica);
    }

    /** Without an offset, or with a Z: both mean UTC. */
    private static Optional<Instant> instant(String text) {
        try {
            String plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
            return Optional.of(LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
