package io.mainstay.stores;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * One of the reads of a {@link JobStore} about one job, such as {@code JobStore::find}.
 *
 * @param <T> what it tells of the job
 */
@FunctionalInterface
public interface JobRead<T> {

    /** Empty if there is no such job. */
    Uni<Optional<T>> of(JobStore store, QueueName queue, JobId id);
}
