package io.mainstay.queue.handlers;

import io.mainstay.job.HandlerName;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;

/** Which workers have which handlers, for lists of handlers. {@code workers} implements it. Thread-safe. */
public interface HandlerSightings {

    /** Of nobody. */
    HandlerSightings NONE = () -> Uni.createFrom().item(Map.of());

    /**
     * Who has a handler.
     *
     * @param announced whether workers, here or elsewhere, have it or had it lately
     * @param workers that have it now
     * @param lastSeen when one of these was last heard of; null if there are none
     */
    record Sighting(boolean announced, int workers, Instant lastSeen) {}

    /** All handlers that are known by workers. */
    Uni<Map<HandlerName, Sighting>> all();
}
