package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Backoff;
import io.mainstay.job.Durability;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.ScheduleName;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.InMemoryScheduleStore;
import io.mainstay.queue.Misfire;
import io.mainstay.queue.NextRun;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Schedule;
import io.mainstay.queue.ScheduleSpec;
import io.mainstay.queue.ScheduleStore;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.Timing;
import io.mainstay.queue.TwinQueues;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs and their jobs, on the twins of the stores; the clock stands at 2026-01-01T00:00:00Z. */
class DueRunsTest {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(30);
    private static final QueueName QUEUE = new QueueName("reports");
    private static final Misfire ALL = new Misfire(Misfire.Policy.ALL, Misfire.MOST);

    private final TestClock clock = new TestClock();
    private final InMemoryJobStore jobs = new InMemoryJobStore(clock);
    private final InMemoryScheduleStore schedules = new InMemoryScheduleStore(clock);
    private final JobIds ids = new JobIds();
    private final DueRuns one = instance(schedules);
    private final DueRuns other = instance(schedules);

    @Test
    void runThatIsDueGetsOneJobHoweverManyLook() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        look(one);
        assertThat(jobs()).isEmpty();

        clock.advance(Duration.ofMinutes(60));
        look(one);
        look(other);
        look(one);

        assertThat(jobs()).containsExactly("schedule~hourly~20260101T010000Z");
        assertThat(schedule("hourly").next()).contains(Instant.parse("2026-01-01T02:00:00Z"));
        assertThat(schedule("hourly").last().orElseThrow().at()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
    }

    @Test
    void nextLookIsWhenTheNextRunIsDue() {
        put("pulse", "*/2 * * * * *", Misfire.DEFAULT);
        clock.advance(Duration.ofSeconds(3));

        assertThat(look(one))
                .hasValueSatisfying(next -> assertThat(next).isBetween(Duration.ZERO, Duration.ofSeconds(1)));
    }

    @Test
    void instanceThatDiesAfterEnqueuingLeavesNoSecondJob() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        clock.advance(Duration.ofMinutes(60));

        look(instance(new FlakySchedules(schedules, call -> call.equals("advance"))));
        assertThat(jobs()).hasSize(1);
        assertThat(schedule("hourly").last()).isEmpty();
        look(other);
        assertThat(schedule("hourly").last()).isEmpty();

        clock.advance(DueRuns.LEASE);
        look(other);
        assertThat(jobs()).hasSize(1);
        assertThat(schedule("hourly").last()).isPresent();
    }

    @Test
    void instanceThatDiesWithAScheduleInHandLeavesItToOthers() {
        put("hourly", "@hourly", new Misfire(Misfire.Policy.SKIP, 1));
        clock.advance(Duration.ofMinutes(60));
        schedules.claim("dead", "t", 10, DueRuns.LEASE).await().atMost(ANSWER_DEADLINE);

        assertThat(look(other)).hasValueSatisfying(next -> assertThat(next).isLessThanOrEqualTo(DueRuns.LEASE));
        assertThat(jobs()).isEmpty();
        clock.advance(DueRuns.LEASE);
        look(other);

        assertThat(jobs()).containsExactly("schedule~hourly~20260101T010000Z");
    }

    @ParameterizedTest
    @EnumSource(names = {"KEEP", "REJECT"})
    void runWhoseUniqueKeyIsHeldGetsTheJobThatHoldsIt(UniqueKey.OnConflict onConflict) {
        put("hourly", unique("@hourly", onConflict));
        clock.advance(Duration.ofMinutes(60));
        look(one);
        clock.advance(Duration.ofMinutes(60));
        look(one);

        assertThat(jobs()).containsExactly("schedule~hourly~20260101T010000Z");
        assertThat(schedule("hourly").next()).contains(Instant.parse("2026-01-01T03:00:00Z"));
        assertThat(schedule("hourly").last())
                .contains(new Schedule.Run(
                        Instant.parse("2026-01-01T02:00:00Z"), new JobId("schedule~hourly~20260101T010000Z")));
    }

    @Test
    void runTakesThePlaceOfTheOneBeforeIfTheScheduleSaysSo() {
        put("hourly", unique("@hourly", UniqueKey.OnConflict.REPLACE));
        clock.advance(Duration.ofMinutes(60));
        look(one);
        clock.advance(Duration.ofMinutes(60));
        look(one);

        assertThat(jobs()).containsExactly("schedule~hourly~20260101T020000Z");
    }

    @ParameterizedTest
    @CsvSource({"SKIP, 5, 0", "ONCE, 5, 1", "ALL, 2, 2", "ALL, 5, 3"})
    void runsMissedWhileEverybodyWasAwayAreTreatedAsTheScheduleSays(Misfire.Policy policy, int limit, int made) {
        put("hourly", "@hourly", new Misfire(policy, limit));
        clock.advance(Duration.ofMinutes(3 * 60 + 30));

        look(one);

        List<String> missed = List.of(
                "schedule~hourly~20260101T010000Z",
                "schedule~hourly~20260101T020000Z",
                "schedule~hourly~20260101T030000Z");
        assertThat(jobs()).containsExactlyElementsOf(missed.subList(3 - made, 3));
        assertThat(schedule("hourly").next()).contains(Instant.parse("2026-01-01T04:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"SKIP", "ONCE", "ALL"})
    void runsThatAreOnlyLateAllGetTheirJobs(Misfire.Policy policy) {
        put("pulse", "* * * * * *", new Misfire(policy, 1));
        clock.advance(Duration.ofSeconds(60));

        look(one);

        assertThat(jobs()).hasSize(60);
    }

    @ParameterizedTest
    @CsvSource({"SKIP, 1, 61", "ONCE, 1, 62", "ALL, 5, 66"})
    void whatWasMissedComesBesideWhatIsOnlyLate(Misfire.Policy policy, int limit, int made) {
        put("pulse", "* * * * * *", new Misfire(policy, limit));
        clock.advance(Duration.ofDays(40));

        look(one);

        assertThat(jobs()).hasSize(made);
    }

    @Test
    void runsThatCameDueDuringAPauseAreMissed() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        schedules.setPaused(new ScheduleName("hourly"), true).await().atMost(ANSWER_DEADLINE);
        clock.advance(Duration.ofMinutes(3 * 60 + 30));
        look(one);
        assertThat(jobs()).isEmpty();

        schedules.setPaused(new ScheduleName("hourly"), false).await().atMost(ANSWER_DEADLINE);
        look(one);
        assertThat(jobs()).containsExactly("schedule~hourly~20260101T030000Z");
    }

    @Test
    void scheduleThatCannotBeEnqueuedHoldsUpNoOther() {
        put("a-broken", spec("@hourly", ALL, Duration.ofDays(300)));
        put("b-sound", "@hourly", ALL);
        clock.advance(Duration.ofMinutes(60));

        look(one);

        assertThat(jobs()).containsExactly("schedule~b-sound~20260101T010000Z");
        assertThat(schedule("a-broken").next()).contains(Instant.parse("2026-01-01T01:00:00Z"));
    }

    @Test
    void moreThanABatchIsLookedAtAgainAtOnce() {
        IntStream.rangeClosed(0, DueRuns.BATCH).forEach(i -> put("s" + i, "@hourly", ALL));
        clock.advance(Duration.ofMinutes(60));

        assertThat(look(one)).contains(Duration.ZERO);
        assertThat(look(one)).hasValueSatisfying(next -> assertThat(next).isPositive());
        assertThat(jobs()).hasSize(DueRuns.BATCH + 1);
    }

    @Test
    void noRunIsMissedOrDoubledWhateverCallsFail() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Instant begin = clock.instant();
        put("odd", "1-59/2 * * * * *", ALL);
        List<DueRuns> flaky = Stream.generate(
                        () -> instance(new FlakySchedules(schedules, call -> random.nextInt(3) == 0)))
                .limit(3)
                .toList();
        for (int step = 0; step < 300; step++) {
            clock.advance(Duration.ofMillis(random.nextInt(2000)));
            look(flaky.get(random.nextInt(3)));
        }
        clock.advance(DueRuns.LEASE);
        look(one);

        TreeSet<String> due = new TreeSet<>();
        for (Instant second = begin; !second.isAfter(clock.instant()); second = second.plusSeconds(1)) {
            if (second.getEpochSecond() % 2 == 1) {
                due.add(schedule("odd").run(second).job().value());
            }
        }
        assertThat(jobs()).as("seed %d", seed).containsExactlyElementsOf(due);
    }

    @ParameterizedTest
    @CsvSource({
        // Every other second: several runs come again, so it goes on at once.
        "*/2 * * * * *, -PT10M, 2026-01-01T01:50:02Z, 1",
        "*/2 * * * * *, -PT4S,  2026-01-01T01:59:58Z, 1",
        // One run at most comes again: it had its job.
        "*/2 * * * * *, -PT2S,  2026-01-01T02:00:02Z, 0",
        "*/2 * * * * *, -PT0.005S, 2026-01-01T02:00:02Z, 0",
        "@hourly,       -PT10M, 2026-01-01T03:00:00Z, 0",
        "0 2 * * *,     -PT10M, 2026-01-02T02:00:00Z, 0",
        "0 2 * * *,     -PT72H, 2025-12-30T02:00:00Z, 1"
    })
    void scheduleGoesOnFromAClockThatWentBack(String cron, Duration step, Instant next, int rewinds) {
        put("odd", cron, Misfire.DEFAULT);
        clock.advance(Duration.ofHours(2));
        look(one);
        int before = jobs().size();

        clock.advance(step);
        look(one);

        assertThat(jobs()).hasSize(before);
        assertThat(schedule("odd").next()).contains(next);
        assertThat(schedule("odd").rewinds()).isEqualTo(rewinds);
        clock.advance(Duration.between(clock.instant(), next));
        look(one);
        assertThat(jobs()).hasSize(before + 1).contains(schedule("odd").run(next).job().value());
    }

    @Test
    void everySecondHasItsRunThoughTheClockWentBackTenMinutes() {
        put("pulse", "* * * * * *", Misfire.DEFAULT);
        for (int second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            look(one);
        }
        clock.advance(Duration.ofMinutes(-10));
        look(one);
        for (int second = 0; second < 30; second++) {
            clock.advance(Duration.ofSeconds(1));
            look(one);
        }
        assertThat(jobs()).hasSize(60);
    }

    @Test
    void leaseOfADeadInstanceIsNoLongerForAClockThatWentBack() {
        put("hourly", "@hourly", Misfire.DEFAULT);
        clock.advance(Duration.ofMinutes(75));
        schedules.claim("dead", "t", 10, DueRuns.LEASE).await().atMost(ANSWER_DEADLINE);

        clock.advance(Duration.ofMinutes(-10));
        look(other);
        assertThat(jobs()).isEmpty();
        clock.advance(DueRuns.LEASE);
        look(other);

        assertThat(jobs()).containsExactly("schedule~hourly~20260101T010000Z");
    }

    @Test
    void clockThatJumpsAheadMakesRunsMissed() {
        put("pulse", "* * * * * *", Misfire.DEFAULT);
        clock.advance(Duration.ofMinutes(10));
        look(one);
        assertThat(jobs()).hasSize(62);

        clock.advance(Duration.ofMinutes(-10));
        look(one);
        clock.advance(Duration.ofSeconds(2));
        look(one);
        assertThat(jobs()).hasSize(64).contains("schedule~pulse~20260101T000001Z~1");
    }

    /** However the clock goes: no run before its time, and none left out but the first one after each step back. */
    @Test
    void everyRunThatTheClockPassesHasItsJobWhateverTheClockDoes() {
        long seed = Long.getLong("mainstay.schedule.seed", 11);
        Random random = new Random(seed);
        List<DueRuns> flaky = Stream.generate(
                        () -> instance(new FlakySchedules(schedules, call -> random.nextInt(3) == 0)))
                .limit(3)
                .toList();
        put("odd", "*/3 * * * * *", ALL);
        TreeSet<String> due = new TreeSet<>();
        for (int stretch = 0; stretch < 40; stretch++) {
            look(one);
            String what = "stretch %d, seed %d".formatted(stretch, seed);
            Instant first = schedule("odd").next().orElseThrow();
            Recurrence recurrence = Recurrence.of(schedule("odd").spec().timing());
            assertThat(first).as(what).isIn(firstTwo(recurrence, clock.instant()));
            for (int step = 0; step < 20; step++) {
                clock.advance(Duration.ofMillis(random.nextInt(2000)));
                look(flaky.get(random.nextInt(3)));
                if (step == 10) {
                    clock.advance(Duration.ofSeconds(random.nextInt(600)));
                }
            }
            clock.advance(DueRuns.LEASE);
            look(one);
            for (Instant run = first;
                    !run.isAfter(clock.instant());
                    run = recurrence.after(run).orElseThrow()) {
                due.add(schedule("odd").run(run).job().value());
            }
            assertThat(new TreeSet<>(jobs())).as(what).isEqualTo(due);
            clock.advance(Duration.ofMillis(-random.nextInt(random.nextBoolean() ? 600_000 : 5_000)));
        }
        assertThat(schedule("odd").rewinds()).isBetween(10, 39);
    }

    private static List<Instant> firstTwo(Recurrence recurrence, Instant now) {
        Instant first = recurrence.after(now).orElseThrow();
        return List.of(first, recurrence.after(first).orElseThrow());
    }

    /** Fails calls before or after they did what they do. */
    private record FlakySchedules(InMemoryScheduleStore store, Predicate<String> fails)
            implements ScheduleStoreWrapper {

        @Override
        public <T> Uni<T> around(String call, Uni<T> answer) {
            if (fails.test(call)) {
                return Uni.createFrom().failure(new IllegalStateException(call + " was not sent"));
            }
            return answer.invoke(() -> {
                if (fails.test("answer of " + call)) {
                    throw new IllegalStateException("the answer of " + call + " was lost");
                }
            });
        }
    }

    private DueRuns instance(ScheduleStore store) {
        SchedulesConfig config = new SmallRyeConfigBuilder()
                .withMapping(SchedulesConfig.class)
                .build()
                .getConfigMapping(SchedulesConfig.class);
        return new DueRuns(store, TwinQueues.on(jobs, clock), ids, config);
    }

    private Optional<Duration> look(DueRuns runs) {
        return runs.look().onFailure().recoverWithItem(Optional.empty()).await().atMost(ANSWER_DEADLINE);
    }

    private void put(String name, String cron, Misfire misfire) {
        put(name, spec(cron, misfire, Duration.ofMinutes(5)));
    }

    private void put(String name, ScheduleSpec spec) {
        Optional<Instant> run = Recurrence.of(spec.timing()).after(clock.instant());
        NextRun next = new NextRun(run, clock.instant());
        schedules
                .put(new ScheduleName(name), spec, next, ids.nextToken(), 1000)
                .await()
                .atMost(ANSWER_DEADLINE);
    }

    private static ScheduleSpec spec(String cron, Misfire misfire, Duration timeout) {
        Timing timing = new Timing(cron, ZoneId.of("UTC"), Timing.Gap.SHIFT, Timing.Overlap.FIRST);
        JobSpec job = new JobSpec(
                new HandlerName("noop"), Json.NULL, 4, new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO)), timeout);
        return new ScheduleSpec(timing, misfire, QUEUE, job, Durability.MEMORY);
    }

    private static ScheduleSpec unique(String cron, UniqueKey.OnConflict onConflict) {
        ScheduleSpec plain = spec(cron, Misfire.DEFAULT, Duration.ofMinutes(5));
        JobSpec job = plain.job();
        JobOptions options =
                new JobOptions(null, new UniqueKey("k", UniqueKey.Until.END, onConflict), null, null, null);
        return new ScheduleSpec(
                plain.timing(),
                plain.misfire(),
                QUEUE,
                new JobSpec(job.handler(), job.payload(), job.priority(), job.retry(), job.timeout(), options),
                plain.durability());
    }

    private Schedule schedule(String name) {
        return schedules
                .find(new ScheduleName(name))
                .await()
                .atMost(ANSWER_DEADLINE)
                .schedule()
                .orElseThrow();
    }

    /** Ids of all jobs, in line. */
    private List<String> jobs() {
        Optional<String> cursor = Optional.empty();
        Stream<Job> all = Stream.of();
        do {
            var page = jobs.list(QUEUE, new PageRequest(JobState.READY, cursor, PageRequest.MOST))
                    .await()
                    .atMost(ANSWER_DEADLINE);
            all = Stream.concat(all, page.jobs().stream());
            cursor = page.next();
        } while (cursor.isPresent());
        return all.map(job -> job.id().value()).toList();
    }
}
