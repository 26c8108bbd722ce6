package io.mainstay.rest.job;

import io.mainstay.job.Deadline;
import io.mainstay.job.Durability;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueKey;
import java.time.Duration;

/** Body of an enqueue, each value well-formed; what was left out is null. */
public record JobRequest(
        HandlerName handler,
        Json payload,
        Json http,
        JobId id,
        StartTime start,
        Integer priority,
        Integer maxAttempts,
        BackoffRequest backoff,
        Duration timeout,
        Durability durability,
        UniqueKey unique,
        Duration expiresIn,
        JobGroup group,
        Deadline deadline) {}
