package io.mainstay.redis.store;

import io.mainstay.maintenance.IdsConfig;
import java.time.Duration;

/** What scripts that delete jobs need to know about ids that must not make a job again. */
final class RememberedIds {

    private final IdsConfig config;
    private final Duration repeatable;

    /** @param repeatable how long an enqueue may be sent again because its answer was lost */
    RememberedIds(IdsConfig config, Duration repeatable) {
        this.config = config;
        this.repeatable = repeatable;
    }

    String repeatableMs() {
        return Long.toString(repeatable.toMillis());
    }

    String minAgeMs() {
        return Long.toString(config.minAge().toMillis());
    }

    String most() {
        return Integer.toString(config.maxRemembered());
    }
}
