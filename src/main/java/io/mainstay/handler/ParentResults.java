package io.mainstay.handler;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The results of a job's parents in its flow. Inject it into handlers; thread-safe, does not block.
 * Separate from {@link JobContext}, because it costs a call to the store.
 */
public interface ParentResults {

    /**
     * The parents of a job, in the order it named them; none if it is in no flow. Fails with
     * {@link io.mainstay.job.NotFoundException} if the flow no longer exists, and with
     * {@link io.mainstay.job.StoreUnavailableException}.
     */
    Uni<List<ParentResult>> of(JobContext job);
}
