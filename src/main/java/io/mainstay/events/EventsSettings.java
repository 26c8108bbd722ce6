package io.mainstay.events;

import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The configuration of event streams, checked when the service starts. Immutable. */
@Singleton
@Startup
class EventsSettings {

    private final int maxStreams;
    private final int buffer;
    private final Duration heartbeat;

    @Inject
    EventsSettings(EventsConfig config) {
        this(config.maxStreams(), config.buffer(), config.heartbeat());
    }

    EventsSettings(int maxStreams, int buffer, Duration heartbeat) {
        checkBetween("mainstay.events.max-streams", maxStreams, 0, 10_000);
        checkBetween("mainstay.events.buffer", buffer, 1, 100_000);
        checkBetween("mainstay.events.heartbeat", heartbeat, Duration.ofSeconds(1), Duration.ofMinutes(5));
        this.maxStreams = maxStreams;
        this.buffer = buffer;
        this.heartbeat = heartbeat;
    }

    int maxStreams() {
        return maxStreams;
    }

    int buffer() {
        return buffer;
    }

    Duration heartbeat() {
        return heartbeat;
    }

    private static <T extends Comparable<T>> void checkBetween(String key, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(key, value, "between " + least + " and " + most);
        }
    }
}
