package io.mainstay.queue;

import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Keeps leases: what workers can ask. The rules of {@link JobStore} hold here too. */
public interface LeaseStore {

    /**
     * Sweeps a queue, then leases due jobs. The sweep makes due scheduled jobs ready, and jobs whose lease ran out
     * ready again (dead, if their attempts are spent); its work per call is bounded. A repeat of the latest claim of a
     * claimant (same token) answers with the jobs it leased that are still under that lease.
     */
    Uni<Claimed> claim(ClaimRequest request);

    /** Applies the reports of one queue, each under its own lease, and answers in the same order. */
    Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements);

    /** Lets leases run for {@code duration} from now; answers with those that were lost. */
    Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration);

    /**
     * Writes down what attempts of one queue say of themselves; of those that are not their job's latest any more, nothing.
     *
     * @return how many were the latest
     */
    Uni<Integer> note(QueueName queue, List<JobNote> notes);

    /**
     * A count that grows whenever running jobs of the queue are cancelled, for a look that costs next to nothing: if it
     * has not grown, no lease was lost that way.
     */
    Uni<Long> revoked(QueueName queue);

    /**
     * Deletes ended jobs beyond their retention, a bounded number per call.
     *
     * @return how many were deleted; the limit of the call means there may be more
     */
    Uni<Integer> prune(QueueName queue, Retention retention);
}
