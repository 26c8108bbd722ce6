package io.mainstay.queue.changes;

import io.mainstay.queue.QueueFigures;
import java.util.List;

/**
 * A queue whose limits were changed.
 *
 * @param removed limits that it had before and has no more
 */
public record ChangedLimits(QueueFigures queue, List<LimitName> removed) {}
