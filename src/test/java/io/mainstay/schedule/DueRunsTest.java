package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.job.ScheduleName;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.UnreliableStore;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs and their jobs. */
class DueRunsTest extends DueRunsSteps {

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
    void schedulesOfADeadShardHoldUpNoOther() {
        QueueName dead = new QueueName("dead");
        ScheduleSpec sound = spec("@hourly", ALL, Duration.ofMinutes(5));
        ScheduleSpec silent = new ScheduleSpec(sound.timing(), sound.misfire(), dead, sound.job(), sound.durability());
        IntStream.range(1, DueRuns.BATCH).forEach(i -> put("a-" + i, silent));
        put("b-sound", sound);
        clock.advance(Duration.ofMinutes(60));
        UnreliableStore store = new UnreliableStore(jobs);
        store.mute = dead::equals;

        Cancellable look = instance(schedules, store).look().subscribe().with(done -> {});

        Awaitility.await().atMost(ANSWER_DEADLINE).until(() -> !jobs().isEmpty());
        look.cancel();
        assertThat(jobs()).containsExactly("schedule~b-sound~20260101T010000Z");
    }

    @Test
    void runThatIsDueWhileItsQueueIsDeletedIsLeftOut() {
        put("hourly", "@hourly", ALL);
        clock.advance(Duration.ofMinutes(60));
        look(one);
        assertThat(jobs()).hasSize(1);
        clock.advance(Duration.ofMinutes(60).minusSeconds(1));
        jobs.deleteSome(QUEUE, true, 0).await().atMost(ANSWER_DEADLINE);
        clock.advance(Duration.ofSeconds(1));

        look(one);
        assertThat(schedule("hourly").next()).contains(Instant.parse("2026-01-01T03:00:00Z"));
        assertThat(schedule("hourly").last().orElseThrow().at()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
        assertThat(jobs.deleteSome(QUEUE, true, 10)
                        .await()
                        .atMost(ANSWER_DEADLINE)
                        .gone())
                .isTrue();
        look(one);
        assertThat(jobs()).isEmpty();

        clock.advance(Duration.ofMinutes(60));
        look(one);
        assertThat(jobs()).containsExactly("schedule~hourly~20260101T030000Z");
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
}
