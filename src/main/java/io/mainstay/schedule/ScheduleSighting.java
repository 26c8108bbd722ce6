package io.mainstay.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * What was found under a name, and when.
 *
 * @param at the store's time
 */
public record ScheduleSighting(Instant at, Optional<Schedule> schedule) {}
