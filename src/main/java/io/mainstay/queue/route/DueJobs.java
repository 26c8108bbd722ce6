package io.mainstay.queue.route;

import java.time.Duration;
import java.util.Optional;

/**
 * Waiting due jobs of a queue, separately for some handlers and all others.
 *
 * @param paused whether claiming is stopped
 * @param startable whether one of these handlers may start now, or one of any handler is due and was not made ready yet
 * @param oldest how long the longest waiting of these handlers' has been due
 * @param foreign how many of other handlers are ready
 * @param oldestForeign how long the longest waiting of those has been due
 */
public record DueJobs(
        boolean paused, boolean startable, Optional<Duration> oldest, long foreign, Optional<Duration> oldestForeign) {}
