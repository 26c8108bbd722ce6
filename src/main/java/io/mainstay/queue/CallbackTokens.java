package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;

/** Makes tokens with which the receiver of a job reports on it. {@code lease} implements it. */
@FunctionalInterface
public interface CallbackTokens {

    /**
     * A token for one claim of a job: URL-safe, and of no use for anything but to report on that.
     *
     * @param fence the number of the claim
     */
    Uni<String> tokenFor(QueueName queue, JobId id, long fence);
}
