package io.mainstay.health;

import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long without progress is a stall, checked when the service starts. */
@Singleton
@Startup
class StallLimit {

    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofHours(1);
    private static final int POLLS = 3;

    private final Duration stallAfter;

    @Inject
    StallLimit(HealthConfig config, @ConfigProperty(name = "mainstay.poll.interval") Optional<Duration> poll) {
        this(config.stallAfter(), poll.orElse(Duration.ZERO));
    }

    StallLimit(Duration stallAfter, Duration poll) {
        if (stallAfter.compareTo(LEAST) < 0 || stallAfter.compareTo(MOST) > 0) {
            throw new InvalidValueException(
                    "mainstay.health.stall-after", stallAfter, "between " + LEAST + " and " + MOST);
        }
        // An idle instance claims with every poll and no oftener: less than a few of them proves nothing.
        if (stallAfter.compareTo(poll.multipliedBy(POLLS)) < 0) {
            throw new InvalidValueException(
                    "mainstay.health.stall-after",
                    stallAfter,
                    "at least " + POLLS + " times mainstay.poll.interval (" + poll + ")");
        }
        this.stallAfter = stallAfter;
    }

    Duration stallAfter() {
        return stallAfter;
    }
}
