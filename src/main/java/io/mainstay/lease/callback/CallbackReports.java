package io.mainstay.lease.callback;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.lease.SharedSecret;
import io.mainstay.lease.report.RemoteSettlements;
import io.mainstay.lease.report.ReportBody;
import io.mainstay.lease.report.ReportOutcome;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.attempt.StartedAttempt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Applies reports that come with a callback token. The lease of the claim that the token names fences them, so a late one changes nothing,
 * and a repeat is answered as the first was. Thread-safe.
 */
@Singleton
class CallbackReports {

    /** What can be reported. */
    enum Verb {
        SUCCESS(ReportOutcome.SUCCESS),
        RETRY(ReportOutcome.RETRY),
        FAIL(ReportOutcome.FAIL),
        SNOOZE(ReportOutcome.SNOOZE),
        /** Changes nothing: says whether the lease is still held, which lasts to the job's time-out anyway. */
        EXTEND(null);

        private final ReportOutcome outcome;

        Verb(ReportOutcome outcome) {
            this.outcome = outcome;
        }
    }

    /** What became of a report. */
    sealed interface Answer {

        /** It was applied, by this sending or an earlier one. */
        record Applied(JobState state) implements Answer {}

        /** The claim is over: ended, cancelled, timed out, or somebody else's by now. */
        record Lost() implements Answer {}
    }

    private final SharedSecret secret;
    private final CallbackStore claims;
    private final JobStore jobs;
    private final RemoteSettlements settlements;
    private final StoreClock clock;

    CallbackReports(
            SharedSecret secret, CallbackStore claims, JobStore jobs, RemoteSettlements settlements, StoreClock clock) {
        this.secret = secret;
        this.claims = claims;
        this.jobs = jobs;
        this.settlements = settlements;
        this.clock = clock;
    }

    /** Empty if it is no token of ours. */
    Uni<Optional<CallbackToken>> verify(String text) {
        return secret.open(CallbackToken.FORMAT, List.of(text))
                .map(contents -> contents.get(0).flatMap(CallbackToken::of));
    }

    Uni<Answer> report(CallbackToken token, Verb verb, ReportBody body) {
        return jobs.find(token.queue(), token.id()).flatMap(found -> found.map(job -> report(job, token, verb, body))
                .orElseGet(() -> Uni.createFrom().item(new Answer.Lost())));
    }

    /** To where the job lies, which its token need not know. */
    private Uni<Answer> report(Job job, CallbackToken token, Verb verb, ReportBody body) {
        return claims.latestClaim(job.queue(), job.id())
                .flatMap(claim -> claim.filter(latest -> latest.fence() == token.fence())
                        .map(latest -> apply(job, latest.token(), verb, body))
                        .orElseGet(() -> Uni.createFrom().item(new Answer.Lost())));
    }

    private Uni<Answer> apply(Job job, String leaseToken, Verb verb, ReportBody body) {
        if (verb == Verb.EXTEND) {
            return Uni.createFrom()
                    .item(job.state() == JobState.RUNNING ? new Answer.Applied(job.state()) : new Answer.Lost());
        }
        Lease lease = new Lease(job.id(), leaseToken);
        return clock.now(job.queue())
                .flatMap(now -> settlements.settle(job.queue(), List.of(ended(job, lease, verb, body, now)), now))
                .map(answers -> answers.get(0) instanceof Settled.Applied applied
                        ? new Answer.Applied(applied.state())
                        : new Answer.Lost());
    }

    private RemoteSettlements.Ended ended(Job job, Lease lease, Verb verb, ReportBody body, Instant now) {
        Settlement settlement = settlements.of(new JobAttempt(job, lease, now), verb.outcome, body);
        // A repeat finds the job where the first report had brought it.
        return new RemoteSettlements.Ended(StartedAttempt.of(job), settlement, job.state() != JobState.RUNNING);
    }
}
