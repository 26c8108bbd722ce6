package io.mainstay.schedule;

import io.mainstay.job.InvalidValueException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;
import java.util.Objects;

/**
 * When a schedule runs: a cron expression in the local time of a zone, and how it treats local times that a clock change
 * skips or repeats.
 *
 * @param cron as the caller wrote it; the creator guarantees that it can be parsed
 * @param zone of the IANA database
 */
public record Timing(String cron, ZoneId zone, Gap gap, Overlap overlap) {

    /** What becomes of a run whose local time is left out. */
    public enum Gap {
        /** It runs when the gap ends. */
        SHIFT,
        /** It does not run. */
        SKIP;

        /** @throws InvalidValueException if there is none of that name */
        public static Gap ofWireName(String name) {
            return oneOf(values(), "gap", name, "shift or skip");
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of a run whose local time comes twice. */
    public enum Overlap {
        /** It runs the first time. */
        FIRST,
        /** It runs both times. */
        BOTH;

        /** @throws InvalidValueException if there is none of that name */
        public static Overlap ofWireName(String name) {
            return oneOf(values(), "overlap", name, "first or both");
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Timing {
        Objects.requireNonNull(cron, "cron");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(gap, "gap");
        Objects.requireNonNull(overlap, "overlap");
    }

    /**
     * A zone of the IANA database, such as {@code Europe/Berlin} or {@code UTC}.
     *
     * @throws InvalidValueException if there is none of that name
     */
    public static ZoneId zone(String name) {
        // ZoneId.of takes offsets as well; whoever writes +02:00 for a place is wrong for half of the year.
        if (name == null || !ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            throw new InvalidValueException("timeZone", name, "the name of an IANA time zone, such as Europe/Berlin");
        }
        return ZoneId.of(name);
    }

    static <E extends Enum<E>> E oneOf(E[] known, String field, String name, String allowed) {
        for (E each : known) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new InvalidValueException(field, name, allowed);
    }
}
