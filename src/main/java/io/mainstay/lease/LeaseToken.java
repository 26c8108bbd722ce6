package io.mainstay.lease;

import io.mainstay.job.Job;
import io.mainstay.job.Lease;
import io.mainstay.queue.attempt.StartedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The right of a remote worker to report on one claim of one job, and to extend its lease. It carries everything needed for
 * that, so that no report has to read the job.
 *
 * @param attempt what was claimed
 * @param lease as the store knows it
 * @param fence the number of the claim
 * @param length of the lease, as it was asked for
 * @param terms what the job asked for
 */
public record LeaseToken(StartedAttempt attempt, Lease lease, long fence, Duration length, Terms terms) {

    /**
     * What a job asked for.
     *
     * @param maxAttempts in all
     * @param backoff the wait after this attempt, should it fail
     * @param timeout how long the attempt may run
     * @param deadline until when the job must be done, or null
     */
    public record Terms(int maxAttempts, Duration backoff, Duration timeout, Instant deadline) {}

    /**
     * @param job as it was claimed
     * @param token of its lease in the store
     */
    public static LeaseToken of(Job job, String token, Duration length) {
        int attempt = job.status().attempt();
        Terms terms = new Terms(
                job.spec().retry().maxAttempts(),
                job.spec().retry().backoff().after(attempt, ThreadLocalRandom.current()),
                job.spec().timeout(),
                job.deadline().orElse(null));
        return new LeaseToken(
                StartedAttempt.of(job),
                new Lease(job.id(), token),
                job.status().starts().claims(),
                length,
                terms);
    }

    /** When the attempt must be over, by the store's clock: its time-out, or the job's deadline. */
    public Instant endBy() {
        Instant timeout = attempt.startedAt().plus(terms.timeout());
        return terms.deadline() != null && terms.deadline().isBefore(timeout) ? terms.deadline() : timeout;
    }

    /** Who was handed the job, as it named itself. */
    public Optional<String> worker() {
        return Lease.holder(lease.token());
    }
}
