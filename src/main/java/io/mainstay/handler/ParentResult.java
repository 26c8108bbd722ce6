package io.mainstay.handler;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import java.util.Optional;

/**
 * How a parent in a flow ended.
 *
 * @param name within their flow
 * @param end its final state; empty if it was requeued meanwhile
 * @param result what it returned; empty if it returned nothing, or that was left out
 * @param resultLeftOut whether the result is too large to be kept with the flow; the parent itself has it
 */
public record ParentResult(
        String name, QueueName queue, JobId id, Optional<JobState> end, Optional<Json> result, boolean resultLeftOut) {}
