package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.attempt.OpenAttempt;
import io.mainstay.queue.attempt.SettlementRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is said of jobs that died: the cause, and why no other attempt was made. */
class ExplanationDeathTest {

    private static final QueueName QUEUE = new QueueName("orders");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String FINAL =
            " Attempts were left, but its handler or worker reported this failure as final.";

    private final TestClock clock = new TestClock();
    private final InMemoryJobStore store = new InMemoryJobStore(clock);

    @Test
    void failureThatIsFinalIsSaidToBe() {
        add(job());
        settle(open -> SettlementRules.fail(open, "http-404", "secret"));

        assertThat(detail())
                .endsWith("attempt 1 of 3 failed (http-404)." + FINAL)
                .doesNotContain("secret");
    }

    @Test
    void lastAttemptNeedsNoOtherCause() {
        add(job().maxAttempts(1));
        settle(open -> SettlementRules.fail(open, "http-404", "gone"));

        assertThat(detail()).endsWith("attempt 1 of 1 failed (http-404).");
    }

    @Test
    void deadlineThatComesBeforeTheNextAttemptIsTheCause() {
        add(job().within(HOUR));
        settle(open -> SettlementRules.retry(open, "http-503", "away", Optional.of(HOUR), Duration.ZERO));

        assertThat(detail())
                .endsWith("attempt 1 of 3 failed (http-503). Its deadline, 2026-01-01T01:00:00.000Z, allows no other"
                        + " attempt.");
    }

    @Test
    void failureThatIsFinalIsNotTheDeadlines() {
        add(job().within(HOUR));
        settle(open -> SettlementRules.fail(open, "http-404", "gone"));

        assertThat(detail()).endsWith(FINAL);
    }

    @Test
    void attemptStoppedAtTheDeadlineIsToldApart() {
        add(job().within(HOUR));
        settle(open -> {
            clock.advance(HOUR);
            return SettlementRules.timeout(open, false);
        });

        assertThat(detail())
                .endsWith("attempt 1 of 3 failed (deadline). Its deadline, 2026-01-01T01:00:00.000Z, allows no other"
                        + " attempt.");
    }

    @Test
    void deadlineThatPassedInTheQueueIsNoFailedAttempt() {
        add(job().within(HOUR));
        clock.advance(HOUR);
        claim();

        assertThat(detail()).endsWith("it missed its deadline, 2026-01-01T01:00:00.000Z.");
    }

    @Test
    void jobThatExpiredIsNotSaidToHaveFailed() {
        add(job().expiresIn(HOUR));
        clock.advance(HOUR);
        claim();

        assertThat(detail()).endsWith("it did not start before it expired.");
    }

    @Test
    void jobThatSnoozedTooOftenIsSaidToHave() {
        add(job());
        settle(open -> SettlementRules.snooze(open, HOUR, 1));
        clock.advance(HOUR);
        settle(open -> SettlementRules.snooze(open, HOUR, 1));

        assertThat(detail())
                .endsWith(
                        "attempt 1 of 3 failed (snoozed-too-often). It was snoozed 1 times, and may not be snoozed more"
                                + " often (mainstay.jobs.max-snoozes).");
    }

    @Test
    void resultThatIsTooLargeIsTheCause() {
        add(job());
        settle(open -> SettlementRules.fail(open, "result-too-large", "too large"));

        assertThat(detail())
                .endsWith("(result-too-large). Its result is larger than mainstay.jobs.max-payload allows.");
    }

    private static JobDraft job() {
        return JobDraft.job(QUEUE, "a");
    }

    private void add(JobDraft job) {
        store.enqueue(job.build()).await().indefinitely();
    }

    private List<Job> claim() {
        return store.claim(SomeClaim.of(QUEUE, "worker", "t" + clock.instant(), 1, Duration.ofDays(1)))
                .await()
                .indefinitely()
                .jobs();
    }

    private void settle(Function<OpenAttempt, Settlement> end) {
        Job job = claim().get(0);
        Settlement settlement =
                end.apply(new Claimed(job, "t" + job.status().times().startedAt(), clock));
        store.settle(QUEUE, List.of(settlement)).await().indefinitely();
    }

    private String detail() {
        Explanation why =
                store.explain(QUEUE, new JobId("a")).await().indefinitely().orElseThrow();
        assertThat(why.job().state()).isEqualTo(JobState.DEAD);
        return ExplanationDetail.of(why);
    }

    private record Claimed(Job job, String token, TestClock clock) implements OpenAttempt {

        @Override
        public Lease lease() {
            return new Lease(job.id(), token);
        }

        @Override
        public int attempt() {
            return job.status().attempt();
        }

        @Override
        public int maxAttempts() {
            return job.spec().retry().maxAttempts();
        }

        @Override
        public Duration backoff() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration timeout() {
            return job.spec().timeout();
        }

        @Override
        public Optional<Instant> deadline() {
            return job.deadline();
        }

        @Override
        public boolean pastDeadline(Duration fromNow) {
            return job.deadline()
                    .filter(at -> !clock.instant().plus(fromNow).isBefore(at))
                    .isPresent();
        }
    }
}
