package io.mainstay.lease.report;

import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.PayloadTooLargeException;
import io.mainstay.job.QueueName;
import io.mainstay.lease.LeaseToken;
import io.mainstay.queue.CallSize;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.attempt.OpenAttempt;
import io.mainstay.queue.attempt.SettlementRules;
import io.mainstay.queue.attempt.StackText;
import io.mainstay.queue.attempt.StartedAttempt;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Settles attempts that ran elsewhere, by the rules of those that run here, and tells the same observers. Thread-safe. */
@Singleton
public final class RemoteSettlements {

    private static final Logger LOG = Logger.getLogger(RemoteSettlements.class);
    private static final int MOST_PER_CALL = 200;

    private final LeaseStore leases;
    private final List<JobObserver> observers;
    private final long maxResult;
    private final int maxSnoozes;
    private final long maxStack;

    /**
     * An attempt and how it is to be settled.
     *
     * @param again whether that is known to have been done before: then nobody is told
     */
    public record Ended(StartedAttempt attempt, Settlement settlement, boolean again) {}

    RemoteSettlements(LeaseStore leases, JobsConfig config, @All List<JobObserver> observers) {
        this.leases = leases;
        this.observers = List.copyOf(observers);
        this.maxResult = config.maxPayload().asLongValue();
        this.maxSnoozes = config.maxSnoozes();
        this.maxStack = config.maxStack().asLongValue();
    }

    /** @throws PayloadTooLargeException if the result is over the limit */
    public Settlement of(OpenAttempt attempt, ReportOutcome outcome, ReportBody body) {
        ReportBody.Failure failure = body.failure();
        Optional<Duration> delay = Optional.ofNullable(body.delay());
        return switch (outcome) {
            case SUCCESS -> SettlementRules.success(attempt, result(body));
            case RETRY ->
                withStack(
                        SettlementRules.retry(attempt, failure.type(), failure.message(), delay, Duration.ZERO),
                        failure);
            case FAIL -> withStack(SettlementRules.fail(attempt, failure.type(), failure.message()), failure);
            case SNOOZE -> SettlementRules.snooze(attempt, delay.orElseGet(attempt::backoff), maxSnoozes);
            case RELEASE -> new Settlement.Release(attempt.lease());
        };
    }

    private Settlement withStack(Settlement failed, ReportBody.Failure failure) {
        return SettlementRules.withStack(failed, StackText.cut(failure.stack(), maxStack));
    }

    private Optional<Json> result(ReportBody body) {
        Json result = body.result();
        // A character is at most three bytes of UTF-8, so most results need no counting.
        if (result != null && result.text().length() * 3L > maxResult && result.bytes() > maxResult) {
            throw new PayloadTooLargeException(result.bytes(), maxResult);
        }
        return Optional.ofNullable(result);
    }

    /**
     * Settles attempts of one queue.
     *
     * @param now by the store's clock, for how long they ran
     */
    public Uni<List<Settled>> settle(QueueName queue, List<Ended> ended, Instant now) {
        if (ended.size() <= MOST_PER_CALL) {
            return settleTogether(queue, ended, now);
        }
        return Multi.createFrom()
                .iterable(CallSize.split(ended, MOST_PER_CALL, each -> 0))
                .onItem()
                .transformToUniAndConcatenate(part -> settleTogether(queue, part, now))
                .onItem()
                .<Settled>disjoint()
                .collect()
                .asList();
    }

    /** Ends attempts whose time is over; of those that ended before nobody is told. */
    Uni<Void> timeOut(QueueName queue, List<LeaseToken> tokens, Instant now) {
        List<Ended> ended = tokens.stream()
                .map(token ->
                        new Ended(token.attempt(), SettlementRules.timeout(new TokenAttempt(token, now), false), false))
                .toList();
        return Multi.createFrom()
                .iterable(CallSize.split(ended, MOST_PER_CALL, each -> 0))
                .onItem()
                .transformToUniAndConcatenate(part -> leases.settle(
                                queue, part.stream().map(Ended::settlement).toList())
                        .invoke(answers -> {
                            for (int i = 0; i < part.size(); i++) {
                                if (answers.get(i) instanceof Settled.Applied applied && !applied.earlier()) {
                                    tell(part.get(i), answers.get(i), now);
                                }
                            }
                        }))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<List<Settled>> settleTogether(QueueName queue, List<Ended> ended, Instant now) {
        return leases.settle(queue, ended.stream().map(Ended::settlement).toList())
                .invoke(answers -> {
                    for (int i = 0; i < ended.size(); i++) {
                        tell(ended.get(i), answers.get(i), now);
                    }
                });
    }

    private void tell(Ended ended, Settled settled, Instant now) {
        StartedAttempt attempt = ended.attempt();
        if (!(settled instanceof Settled.Applied applied)) {
            tell(observer -> observer.refused(attempt));
        } else if (!ended.again()) {
            Duration since = Duration.between(attempt.startedAt(), now);
            Duration ran = since.isNegative() ? Duration.ZERO : since;
            if (ended.settlement() instanceof Settlement.Snooze && applied.state() != JobState.DEAD) {
                tell(observer -> observer.snoozed(attempt, ran));
            } else {
                tell(observer -> observer.finished(attempt, applied.state(), ran));
                if (applied.state() == JobState.DEAD) {
                    JobDeath death = JobDeath.reported(attempt, ended.settlement());
                    tell(observer -> observer.died(death));
                }
            }
        }
    }

    /** What was done is done: an observer that breaks its promise not to throw does not hide it from the caller. */
    private void tell(Consumer<JobObserver> news) {
        for (JobObserver observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed for a report; its sender is still answered", observer.getClass());
            }
        }
    }
}
