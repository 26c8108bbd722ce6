package io.mainstay.flow;

import io.mainstay.job.Job;
import java.util.Optional;

/**
 * Answer to one {@link FlowStep}.
 *
 * @param report what the job is now
 * @param created whether the step made it
 * @param changed the job, if the step made or moved it
 */
public record Placed(FlowReport report, boolean created, Optional<Job> changed) {}
