package io.mainstay.lease.callback;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What callbacks need of the store. Every call may be repeated. */
public interface CallbackStore {

    /**
     * The latest claim of a job.
     *
     * @param fence its number
     * @param token of its lease, which may be over
     */
    record LatestClaim(long fence, String token) {}

    /** Empty if there is no such job, or its latest claim is void: it was cancelled, requeued, or its lease ran out. */
    Uni<Optional<LatestClaim>> latestClaim(QueueName queue, JobId id);
}
