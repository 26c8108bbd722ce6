package io.mainstay.lease.callback;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.PayloadTooLargeException;
import io.mainstay.lease.SharedSecret;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.attempt.StartedAttempt;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Applies reports that come with a callback token. The lease of the claim that the token names fences them, so a late one changes nothing,
 * and a repeat is answered as the first was. Thread-safe.
 */
@Singleton
class CallbackReports {

    /** What can be reported. */
    enum Verb {
        SUCCESS,
        RETRY,
        FAIL,
        SNOOZE,
        /** Changes nothing: says whether the lease is still held, which lasts to the job's time-out anyway. */
        EXTEND
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
    private final LeaseStore leases;
    private final JobsConfig config;
    private final List<JobObserver> observers;

    CallbackReports(
            SharedSecret secret,
            CallbackStore claims,
            JobStore jobs,
            LeaseStore leases,
            JobsConfig config,
            @All List<JobObserver> observers) {
        this.secret = secret;
        this.claims = claims;
        this.jobs = jobs;
        this.leases = leases;
        this.config = config;
        this.observers = List.copyOf(observers);
    }

    /** Empty if it is no token of ours. */
    Uni<Optional<CallbackToken>> verify(String text) {
        return secret.open(CallbackToken.FORMAT, List.of(text))
                .map(contents -> contents.get(0).flatMap(CallbackToken::of));
    }

    Uni<Answer> report(CallbackToken token, Verb verb, ReportBody body) {
        return jobs.find(token.queue(), token.id()).flatMap(found -> claims.latestClaim(token.queue(), token.id())
                .flatMap(claim -> found.isPresent()
                                && claim.filter(latest -> latest.fence() == token.fence())
                                        .isPresent()
                        ? apply(found.get(), claim.get().token(), verb, body)
                        : Uni.createFrom().item(new Answer.Lost())));
    }

    private Uni<Answer> apply(Job job, String leaseToken, Verb verb, ReportBody body) {
        Lease lease = new Lease(job.id(), leaseToken);
        if (verb == Verb.EXTEND) {
            return Uni.createFrom()
                    .item(job.state() == JobState.RUNNING ? new Answer.Applied(job.state()) : new Answer.Lost());
        }
        return leases.settle(job.queue(), List.of(settlement(job, lease, verb, body)))
                .map(answers -> answer(job, answers.get(0)));
    }

    private Answer answer(Job job, Settled settled) {
        if (!(settled instanceof Settled.Applied applied)) {
            return new Answer.Lost();
        }
        // A repeat finds the job where the first report had brought it.
        if (job.state() == JobState.RUNNING) {
            Instant began = job.status().times().startedAt();
            Duration ran = began == null
                    ? Duration.ZERO
                    : Duration.between(began, Clock.systemUTC().instant());
            StartedAttempt attempt = StartedAttempt.of(job);
            observers.forEach(
                    observer -> observer.finished(attempt, applied.state(), ran.isNegative() ? Duration.ZERO : ran));
        }
        return new Answer.Applied(applied.state());
    }

    private Settlement settlement(Job job, Lease lease, Verb verb, ReportBody body) {
        return switch (verb) {
            case SUCCESS -> new Settlement.Complete(lease, result(body));
            case FAIL -> new Settlement.Fail(lease, body.type(), body.message(), Optional.empty());
            case SNOOZE -> new Settlement.Snooze(lease, delay(job, body), config.maxSnoozes());
            default -> new Settlement.Fail(lease, body.type(), body.message(), Optional.of(delay(job, body)));
        };
    }

    private Optional<Json> result(ReportBody body) {
        long most = config.maxPayload().asLongValue();
        if (body.result() != null && body.result().bytes() > most) {
            throw new PayloadTooLargeException(body.result().bytes(), most);
        }
        return Optional.ofNullable(body.result());
    }

    private static Duration delay(Job job, ReportBody body) {
        return body.delay() != null
                ? body.delay()
                : job.spec().retry().backoff().after(job.status().attempt(), ThreadLocalRandom.current());
    }
}
