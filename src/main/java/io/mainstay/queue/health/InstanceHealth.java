package io.mainstay.queue.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an instance says of its own state.
 *
 * @param alive what its liveness probe says
 * @param stalled why no jobs flow, as a slug that does not change; empty while they do
 * @param stores the first one first
 */
public record InstanceHealth(boolean alive, Optional<String> stalled, List<OfStore> stores) {

    public InstanceHealth {
        stores = List.copyOf(stores);
    }

    /**
     * @param name as metrics have it
     * @param takesJobs whether it answered when last asked, and took the latest canary
     * @param subscription state of the subscription to wake-ups, in lower case
     * @param canaryAge how long ago a canary job last went the whole way
     */
    public record OfStore(String name, boolean takesJobs, Links links, String subscription, Duration canaryAge) {}

    /**
     * How many connections there are.
     *
     * @param verified those that work
     * @param suspect those of which an answer is late
     * @param connecting those that are being made
     */
    public record Links(int verified, int suspect, int connecting) {}
}
