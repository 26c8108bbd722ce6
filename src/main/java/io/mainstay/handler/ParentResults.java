package io.mainstay.handler;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Tells a handler what the jobs came to that its job runs after. To be injected into handlers; thread-safe, does not block.
 * Beside {@link JobContext} and not in it: it costs a call to the store, which only those pay who ask.
 */
public interface ParentResults {

    /**
     * The parents of a job, in the order it named them; none if it is in no flow. Fails with
     * {@link io.mainstay.job.NotFoundException} if the flow is not there any more, and with
     * {@link io.mainstay.job.StoreUnavailableException}.
     */
    Uni<List<ParentResult>> of(JobContext job);
}
