package io.mainstay.bulk;

import io.mainstay.job.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * At which rate jobs that are requeued become due.
 *
 * @param perMinute so many, evenly
 * @param first when the first of them does; empty for now. One that is over counts as now
 */
public record Spread(int perMinute, Optional<Instant> first) {

    public static final int MOST_PER_MINUTE = 60_000;

    private static final double MS_OF_MINUTE = 60_000;

    public Spread {
        Bounds.between("perMinute", perMinute, 1, MOST_PER_MINUTE);
    }

    /** From one job to the next, in ms. */
    public double everyMs() {
        return MS_OF_MINUTE / perMinute;
    }

    /**
     * When the job becomes due of which so many come before it.
     *
     * @param now by the store's clock
     */
    public Instant dueOf(int jobs, Instant now) {
        Instant begin = first.filter(now::isBefore).orElse(now);
        return begin.plus(Duration.ofMillis((long) Math.floor(jobs * everyMs())));
    }

    Spread from(Instant next) {
        return new Spread(perMinute, Optional.of(next));
    }
}
