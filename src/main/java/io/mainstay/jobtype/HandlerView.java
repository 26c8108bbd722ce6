package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.handlers.HandlerSightings.Sighting;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import java.util.Set;

/**
 * A handler as shown.
 *
 * @param sighting which workers serve it; null if none was seen
 * @param declaration null if nothing is declared
 * @param hold null if it is not held
 */
public record HandlerView(
        HandlerName name, Set<HandlerSource> sources, Sighting sighting, Declaration declaration, Hold hold) {}
