package io.mainstay.health;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long without progress is a stall, and how often it is looked at; checked when the service starts. */
@Singleton
@Startup
class StallLimit {

    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofHours(1);
    private static final Duration MOST_OFTEN = Duration.ofMillis(200);
    private static final Duration LEAST_OFTEN = Duration.ofMinutes(1);
    private static final int CHANCES = 3;
    private static final int LOOKS = 20;
    private static final int HEALS = 4;

    private final Duration stallAfter;
    private final Duration canaryInterval;

    @Inject
    StallLimit(HealthConfig config, @ConfigProperty(name = "mainstay.poll.interval") Optional<Duration> poll) {
        this(config.stallAfter(), config.canaryInterval(), poll.orElse(Duration.ZERO));
    }

    StallLimit(Duration stallAfter, Duration canaryInterval, Duration poll) {
        this(stallAfter, canaryInterval);
        Bounds.between("mainstay.health.stall-after", stallAfter, LEAST, MOST);
        Bounds.between("mainstay.health.canary-interval", canaryInterval, MOST_OFTEN, LEAST_OFTEN);
        // A canary whose wake-up was lost waits for the poll: fewer than a few chances prove nothing.
        checkChances("mainstay.poll.interval", stallAfter, poll);
        checkChances("mainstay.health.canary-interval", stallAfter, canaryInterval);
    }

    /** Checks nothing. */
    StallLimit(Duration stallAfter, Duration canaryInterval) {
        this.stallAfter = stallAfter;
        this.canaryInterval = canaryInterval;
    }

    Duration stallAfter() {
        return stallAfter;
    }

    /** Healing begins. */
    Duration healAfter() {
        return stallAfter.dividedBy(2);
    }

    /** Healing gets this long to show an effect before it is repeated. */
    Duration healPause() {
        return stallAfter.dividedBy(HEALS);
    }

    Duration lookEvery() {
        return stallAfter.dividedBy(LOOKS);
    }

    Duration canaryInterval() {
        return canaryInterval;
    }

    private static void checkChances(String key, Duration stallAfter, Duration interval) {
        if (stallAfter.compareTo(interval.multipliedBy(CHANCES)) < 0) {
            throw new InvalidValueException(
                    "mainstay.health.stall-after",
                    stallAfter,
                    "at least " + CHANCES + " times " + key + " (" + interval + ")");
        }
    }
}
