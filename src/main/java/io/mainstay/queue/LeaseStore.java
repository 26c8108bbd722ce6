package io.mainstay.queue;

import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps leases: what workers can ask. The rules of {@link JobStore} hold here too. */
public interface LeaseStore {

    /** How often a job gets an attempt back because no worker is known to have received it. */
    int RETURNS = 3;

    /**
     * Sweeps a queue, then leases due jobs. The sweep makes due scheduled jobs ready, and jobs whose lease ran out
     * ready again (dead, if their attempts are spent); its work per call is bounded. A lease that ends without an
     * extension or a note having named its token does not count as an attempt, up to {@value #RETURNS} times a job.
     *
     * <p>A repeat of the latest claim of a claimant (same token) answers with the jobs it leased that are still under that
     * lease, and lets them run as long as at first, or as long as they were extended to. It may ask for fewer bytes, never for more: the rest of the jobs is
     * ready again, the attempt not counted.
     */
    Uni<Claimed> claim(ClaimRequest request);

    /** The token of the latest claim of a claimant from that queue that leased something; empty if there was none, or its leases are over. */
    Uni<Optional<String>> latestToken(QueueName queue, String claimant);

    /** Applies the reports of one queue, each under its own lease, and answers in the same order. */
    Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements);

    /**
     * Lets leases run for {@code duration} from now; answers with those that were lost. The jobs of the others are known to
     * be received from then on.
     */
    Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration);

    /**
     * Writes down what attempts of one queue say of themselves; of those that are not their job's latest any more, nothing.
     * The jobs of the others are known to be received from then on.
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
     * Deletes ended jobs beyond their retention, a bounded number per call, and forgets a queue that has had nothing for long
     * enough.
     *
     * @return how many were deleted; as many as a retention's limit means there may be more
     */
    Uni<Integer> prune(QueueName queue, Pruning pruning);

    /** The same for jobs of one state. */
    default Uni<Integer> prune(QueueName queue, Retention retention) {
        return prune(queue, Pruning.of(retention));
    }
}
