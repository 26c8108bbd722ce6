package io.mainstay.health;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Less than operators may ask for: tests wait for it again and again. */
@Alternative
@Singleton
class ShortStallLimit extends StallLimit {

    static final Duration LIMIT = Duration.ofSeconds(2);

    ShortStallLimit(HealthConfig config) {
        super(LIMIT, config.canaryInterval());
    }
}
