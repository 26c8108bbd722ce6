package io.mainstay.flow;

import io.mainstay.job.FlowMember;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import java.util.Optional;

/**
 * What a job of a flow was when it was looked at.
 *
 * @param turn how often it had ended or been requeued by then: of two reports the one with the higher is the newer
 * @param result what it came to, if it succeeded
 */
public record FlowReport(FlowMember member, JobState state, int turn, Optional<Json> result) {}
