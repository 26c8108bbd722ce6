package io.mainstay.schedule;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import java.util.Locale;
import java.util.Objects;

/**
 * What becomes of runs that were missed: every instance was away for longer than is called late, or the schedule was
 * paused.
 *
 * @param limit most missed runs made up for by {@link Policy#ALL}, 1 to {@link #MOST}; of no meaning to others
 */
public record Misfire(Policy policy, int limit) {

    public static final int MOST = 1000;
    public static final int DEFAULT_LIMIT = 100;
    public static final Misfire DEFAULT = new Misfire(Policy.ONCE, DEFAULT_LIMIT);

    /** How many of the missed runs are made up for. */
    public enum Policy {
        /** None. */
        SKIP,
        /** The latest one. */
        ONCE,
        /** All, the latest ones if they are more than the limit. */
        ALL;

        /** @throws InvalidValueException if there is none of that name */
        public static Policy ofWireName(String name) {
            return Timing.oneOf(values(), "misfire", name, "skip, once or all");
        }

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Misfire {
        Objects.requireNonNull(policy, "policy");
        Bounds.between("misfireLimit", limit, 1, MOST);
    }

    /** Most missed runs that are made up for. */
    public int most() {
        return switch (policy) {
            case SKIP -> 0;
            case ONCE -> 1;
            case ALL -> limit;
        };
    }
}
