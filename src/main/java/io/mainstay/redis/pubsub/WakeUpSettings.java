package io.mainstay.redis.pubsub;

import io.mainstay.job.InvalidValueException;
import java.time.Duration;

/**
 * The configuration of the subscription, checked.
 *
 * @param canaryInterval time between two canaries
 * @param subscribeTimeout for one attempt
 */
record WakeUpSettings(Duration canaryInterval, Duration subscribeTimeout) {

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(10);

    WakeUpSettings {
        check("mainstay.wake-up.canary-interval", canaryInterval);
        check("mainstay.wake-up.subscribe-timeout", subscribeTimeout);
    }

    static WakeUpSettings of(WakeUpConfig config) {
        return new WakeUpSettings(config.canaryInterval(), config.subscribeTimeout());
    }

    private static void check(String key, Duration value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new InvalidValueException(key, value, "between " + LEAST + " and " + MOST);
        }
    }
}
