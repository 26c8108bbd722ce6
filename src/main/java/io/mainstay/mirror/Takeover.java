package io.mainstay.mirror;

import java.time.Duration;
import java.util.Optional;

/**
 * Answer of a store with copies that was to take over.
 *
 * @param left until it may; zero if it has, or if it is something else by now
 * @param started how many copies
 */
public record Takeover(Optional<Mirror> mirror, Duration left, int started) {}
