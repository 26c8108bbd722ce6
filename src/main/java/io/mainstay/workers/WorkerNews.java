package io.mainstay.workers;

import io.mainstay.job.HandlerName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What instances keep in memory of what all share.
 *
 * @param drainedInstances how many of the instances that are there are drained
 * @param drainsVersion another one after each change of these
 * @param drains the workers that are drained, and for how long they are; empty if the version is the one that was known
 * @param handlersVersion another one after each change of these
 * @param handlers names of those that are known; empty if the version is the one that was known
 */
public record WorkerNews(
        int drainedInstances,
        String drainsVersion,
        Optional<Map<WorkerId, Duration>> drains,
        String handlersVersion,
        Optional<Set<HandlerName>> handlers) {}
