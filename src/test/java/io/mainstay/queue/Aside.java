package io.mainstay.queue;

import io.mainstay.job.JobId;
import java.util.Set;

/**
 * What claims have put aside in a queue, which no answer tells.
 *
 * @param parked jobs of paused handlers that a claim came to
 * @param resting groups of which a claim found that their rate is used up
 */
public record Aside(Set<JobId> parked, Set<String> resting) {}
