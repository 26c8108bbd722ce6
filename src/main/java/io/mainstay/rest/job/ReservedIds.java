package io.mainstay.rest.job;

import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.ScheduleName;
import java.util.List;

/**
 * Ids of jobs that follow from something else: a place in a flow, a run of a schedule, an idempotency key. Callers may not
 * choose them, because the job meant to have the id would be taken for a repeat and never be created.
 */
public final class ReservedIds {

    private static final List<String> PREFIXES = List.of(FlowMember.PREFIX, ScheduleName.RUN_PREFIX);

    private ReservedIds() {}

    /** @throws InvalidValueException if a caller may not choose it */
    public static void check(JobId id) {
        if (PREFIXES.stream().anyMatch(id.value()::startsWith) || JobIds.isOfIdempotencyKey(id.value())) {
            throw new InvalidValueException(
                    "id",
                    id,
                    "one that does not begin with %s, nor look like that of an Idempotency-Key"
                            .formatted(String.join(" or ", PREFIXES)));
        }
    }

    /**
     * The jobs of flows are known by the flow's id.
     *
     * @throws InvalidValueException if a caller may not choose it
     */
    public static void check(FlowId id) {
        if (JobIds.isOfIdempotencyKey(id.value())) {
            throw new InvalidValueException("id", id, "one that does not look like that of an Idempotency-Key");
        }
    }
}
