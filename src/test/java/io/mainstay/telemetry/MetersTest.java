package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.health.StallReason;
import io.mainstay.health.StoreFitness;
import io.mainstay.health.StoreStatus;
import io.mainstay.health.WatchdogStatus;
import io.mainstay.job.HandlerName;
import io.mainstay.job.HandlerNotes;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.job.Timeline;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.WorkerTroubles;
import io.mainstay.queue.WorkersByHand;
import io.mainstay.queue.attempt.StartedAttempt;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetersTest {

    private static final QueueName MAIL = new QueueName("mail");
    private static final Instant DUE = Instant.parse("2026-01-01T00:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobMeters meters = new JobMeters(registry, new QueueLabels(2, Set.of()), 2);

    @Test
    void enqueuesAreCountedByQueueAndWhetherTheJobIsNew() {
        meters.enqueued(job(MAIL, 0), true);
        meters.enqueued(job(MAIL, 0), true);
        meters.enqueued(job(MAIL, 0), false);

        assertThat(count("mainstay.jobs.enqueued", "queue", "mail", "created", "true"))
                .isEqualTo(2);
        assertThat(count("mainstay.jobs.enqueued", "queue", "mail", "created", "false"))
                .isEqualTo(1);
    }

    @Test
    void claimsAndClaimedJobsAreCounted() {
        meters.claimed(MAIL, 3);
        meters.claimed(MAIL, 0);

        assertThat(count("mainstay.claims")).isEqualTo(2);
        assertThat(count("mainstay.jobs.claimed", "queue", "mail")).isEqualTo(3);
    }

    @Test
    void jobsThatWantToBeRunAgainAreNoRetries() {
        meters.snoozed(StartedAttempt.of(job(MAIL, 0)), Duration.ofMillis(5));

        assertThat(count("mainstay.jobs.finished", "queue", "mail", "outcome", "snoozed"))
                .isEqualTo(1);
        assertThat(count("mainstay.jobs.finished", "queue", "mail", "outcome", "retried"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, succeeded",
        "SCHEDULED, retried",
        "DEAD, dead",
        "READY, released",
        "CANCELLED, cancelled",
    })
    void endedAttemptsAreCountedByWhatBecameOfThem(JobState became, String outcome) {
        meters.finished(StartedAttempt.of(job(MAIL, 0)), became, Duration.ofMillis(5));

        assertThat(count("mainstay.jobs.finished", "queue", "mail", "outcome", outcome))
                .isEqualTo(1);
        assertThat(registry.find("mainstay.jobs.finished").counters().stream()
                        .mapToDouble(each -> each.count())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void jobsThatNobodyReportedOnAreCountedAsTheyDie() {
        meters.died(death(false));
        meters.died(death(true));

        assertThat(count("mainstay.jobs.finished", "queue", "mail", "outcome", "dead"))
                .isEqualTo(1);
    }

    @Test
    void runningJobsThatWereCancelledAreCounted() {
        meters.cancelled(StartedAttempt.of(job(MAIL, 0)), Duration.ofMillis(5));

        assertThat(count("mainstay.jobs.finished", "queue", "mail", "outcome", "cancelled"))
                .isEqualTo(1);
    }

    @Test
    void aWatchedQueueIsThereFromTheStart() {
        new JobMeters(registry, new QueueLabels(0, Set.of(MAIL)), 0).expectWatched();

        assertThat(gauge("mainstay.queue.watched")).isEqualTo(1);
        assertThat(count("mainstay.jobs.finished", "queue", "mail", "outcome", "dead"))
                .isZero();
    }

    private static JobDeath death(boolean reported) {
        return new JobDeath(MAIL, new JobId("a"), new HandlerName("send"), 1, "lease-expired", reported);
    }

    @Test
    void startDelayAndRunTimeAreTimed() {
        meters.leased(List.of(job(MAIL, 40), job(MAIL, -40)));
        meters.finished(StartedAttempt.of(job(MAIL, 40)), JobState.SUCCEEDED, Duration.ofMillis(7));
        meters.finished(StartedAttempt.of(job(MAIL, -40)), JobState.SUCCEEDED, Duration.ofMillis(7));

        Timer delay =
                registry.get("mainstay.job.start.delay").tag("queue", "mail").timer();
        assertThat(delay.count()).isEqualTo(2);
        assertThat(delay.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
        assertThat(registry.get("mainstay.job.run").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(14);
    }

    @Test
    void refusedReportsAreCounted() {
        meters.refused(StartedAttempt.of(job(MAIL, 0)));

        assertThat(count("mainstay.completions.refused")).isEqualTo(1);
    }

    @Test
    void canaryJobsAreNotCounted() {
        Job canary = job(QueueName.privateTo("me"), 0);
        int before = registry.getMeters().size();
        meters.claimed(canary.queue(), 1);
        meters.leased(List.of(canary));
        meters.finished(StartedAttempt.of(canary), JobState.SUCCEEDED, Duration.ofMillis(5));
        meters.refused(StartedAttempt.of(canary));

        assertThat(registry.getMeters()).hasSize(before);
        assertThat(count("mainstay.claims")).isZero();
        assertThat(registry.get("mainstay.job.run").timer().count()).isZero();
        assertThat(count("mainstay.completions.refused")).isZero();
    }

    @Test
    void whatTheWatchdogFindsAndDoesIsShown() {
        WatchdogMeters watchdog = new WatchdogMeters(registry);
        watchdog.show(new Stalled());
        new StoreMeters(registry).show(new Store("first", true, Duration.ZERO), new Full());
        watchdog.healed("links", StallReason.NO_PROOF);
        watchdog.healed("links", StallReason.NO_PROOF);
        watchdog.healed("dispatcher", StallReason.NO_PROOF);

        assertThat(gauge("mainstay.watchdog.alive")).isZero();
        assertThat(gauge("mainstay.ready")).isEqualTo(1);
        assertThat(ofStore("mainstay.store.writable", "first")).isZero();
        assertThat(gauge("mainstay.watchdog.stalled")).isEqualTo(21.5);
        assertThat(ofStore("mainstay.canary.age", "first")).isEqualTo(23);
        assertThat(ofStore("mainstay.store.ready", "first")).isEqualTo(1);
        assertThat(ofStore("mainstay.store.ready", "second")).isZero();
        assertThat(count("mainstay.watchdog.heals", "what", "links", "reason", "no-proof"))
                .isEqualTo(2);
        assertThat(count("mainstay.watchdog.heals", "what", "dispatcher", "reason", "no-proof"))
                .isEqualTo(1);
    }

    @Test
    void healsThatHaveNotHappenedAreZero() {
        new WatchdogMeters(registry).expect(List.of(new Links()));

        assertThat(count("mainstay.watchdog.heals", "what", "links", "reason", "loop-frozen"))
                .isZero();
        assertThat(registry.find("mainstay.watchdog.heals")
                        .tag("reason", "watchdog-dead")
                        .counters())
                .isEmpty();
    }

    @Test
    void failedClaimsAreCountedByQueueAndWhy() {
        meters.unclaimed(MAIL, new StoreUnavailableException("away", null));
        meters.unclaimed(MAIL, new TimeoutException("no word"));
        meters.unclaimed(MAIL, new TimeoutException("no word"));
        meters.unclaimed(MAIL, new IllegalStateException("NOPERM"));
        meters.unclaimed(QueueName.privateTo("me"), new IllegalStateException("NOPERM"));

        assertThat(failedClaims("unavailable")).isEqualTo(1);
        assertThat(failedClaims("silent")).isEqualTo(2);
        assertThat(failedClaims("refused")).isEqualTo(1);
    }

    @Test
    void queuesBeyondTheLimitShareOneLabelAndMakeNoMeters() {
        meters.claimed(MAIL, 1);
        meters.claimed(new QueueName("other"), 1);
        int before = registry.getMeters().size();

        for (int i = 0; i < 100; i++) {
            meters.claimed(new QueueName("q" + i), 1);
            meters.enqueued(job(new QueueName("q" + i), 0), true);
        }

        assertThat(registry.getMeters()).hasSize(before);
        assertThat(count("mainstay.jobs.claimed", "queue", "(other)")).isEqualTo(100);
        assertThat(count("mainstay.jobs.claimed", "queue", "other")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10_001})
    void aLimitOfQueuesOutOfBoundsStopsTheStart(int limit) {
        assertThatThrownBy(() -> new QueueLabels(limit, Set.of()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.metrics.max-queues");
    }

    @Test
    void workersAreShownAsTheyAre() {
        WorkersByHand workers = new WorkersByHand();
        new WorkerGauges(registry).show(workers);
        assertThat(gauge("mainstay.worker.last.good.round.age")).isNaN();

        workers.busy = 3;
        workers.overdue = 1;
        workers.stuck = 2;
        workers.lastClaim(Duration.ofMillis(1500));
        workers.troubles = new WorkerTroubles(1, 2, 3, 4, 5, 6);

        assertThat(gauge("mainstay.worker.busy")).isEqualTo(3);
        assertThat(gauge("mainstay.worker.concurrency")).isEqualTo(4);
        assertThat(gauge("mainstay.worker.overdue")).isEqualTo(1);
        assertThat(gauge("mainstay.worker.lost")).isEqualTo(2);
        assertThat(gauge("mainstay.worker.last.good.round.age")).isEqualTo(1.5);
        assertThat(registry.get("mainstay.worker.troubles")
                        .tag("kind", "lost_lease")
                        .functionCounter()
                        .count())
                .isEqualTo(4);
    }

    private record Full() implements StoreFitness {

        @Override
        public Optional<String> refusal() {
            return Optional.empty();
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public Optional<String> writeRefusal() {
            return Optional.of("it is full");
        }

        @Override
        public List<String> faults() {
            return List.of();
        }
    }

    private record Stalled() implements WatchdogStatus {
        @Override
        public boolean alive() {
            return false;
        }

        @Override
        public Duration stalledFor() {
            return Duration.ofMillis(21_500);
        }

        @Override
        public Optional<StallReason> reason() {
            return Optional.of(StallReason.NO_PROOF);
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Duration canaryAge() {
            return Duration.ofSeconds(23);
        }

        @Override
        public List<StoreStatus> stores() {
            return List.of(new Store("first", true, Duration.ofSeconds(23)), new Store("second", false, Duration.ZERO));
        }
    }

    private record Store(String name, boolean takesJobs, Duration canaryAge) implements StoreStatus {}

    private record Links() implements Recyclable {
        @Override
        public String name() {
            return "links";
        }

        @Override
        public void recycle(String reason) {}
    }

    private double failedClaims(String reason) {
        return count("mainstay.claims.failed", "queue", "mail", "reason", reason);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double ofStore(String name, String store) {
        return registry.get(name).tag("store", store).gauge().value();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private static Job job(QueueName queue, long delayMs) {
        JobSpec spec = JobDraft.job(queue, "j").build().spec();
        Timeline times = new Timeline(DUE, DUE, DUE.plusMillis(delayMs), null);
        return new Job(
                queue,
                new JobId("j"),
                spec,
                new JobStatus(JobState.RUNNING, 1, times, null, HandlerNotes.NOTHING, List.of()));
    }
}
