package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Durability;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.ScheduleName;
import io.mainstay.queue.ContractSteps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface ScheduleContract extends ContractSteps {

    ScheduleName NIGHTLY = new ScheduleName("nightly");
    Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");
    int MOST = 100;

    @Test
    default void scheduleIsReadAsItWasPut() {
        Instant before = store().now();
        ScheduleSpec spec = spec(
                new Timing(
                        "0 0 L,1 * MON#2",
                        ZoneId.of("America/Argentina/Buenos_Aires"),
                        Timing.Gap.SKIP,
                        Timing.Overlap.BOTH),
                "{\"a b\":\"c  d\"}");

        SchedulePut.Stored put = put("nightly", spec, FUTURE, "r1");

        assertThat(put.created()).isTrue();
        Schedule schedule = put.schedule();
        assertThat(schedule.spec()).isEqualTo(spec);
        assertThat(schedule.paused()).isFalse();
        assertThat(schedule.next()).contains(FUTURE);
        assertThat(schedule.last()).isEmpty();
        assertThat(schedule.createdAt()).isBetween(before, store().now()).isEqualTo(schedule.updatedAt());
        assertThat(sighted("nightly")).contains(schedule);
        assertThat(answer(store().schedules().find(NIGHTLY)).at()).isBetween(before, store().now());
    }

    @Test
    default void repeatedPutAnswersAsTheFirst() {
        SchedulePut.Stored first = put("nightly", spec("@daily"), FUTURE, "r1");

        assertThat(put("nightly", spec("@daily"), FUTURE, "r1")).isEqualTo(first);
    }

    @Test
    default void putOfWhatIsThereChangesNothing() {
        Schedule first = put("nightly", spec("@daily"), PAST, "r1").schedule();
        letPass(Duration.ofMillis(2));

        SchedulePut.Stored again = put("nightly", spec("@daily"), FUTURE, "r2");

        assertThat(again).isEqualTo(new SchedulePut.Stored(first, false));
    }

    @Test
    default void whenTheNextIsDueIsToldWithoutAClaim() {
        assertThat(answer(store().schedules().nextDue())).isEmpty();
        claim("c1");
        put("later", spec("@daily"), FUTURE, "r1");
        assertThat(answer(store().schedules().nextDue()).orElseThrow()).isGreaterThan(Duration.ofDays(1));

        put("nightly", spec("@daily"), PAST, "r2");
        assertThat(answer(store().schedules().nextDue())).contains(Duration.ZERO);
        assertThat(claim("c2").schedules()).extracting(Schedule::name).containsExactly(NIGHTLY);
        // A clock that was set back before may be noticed only now, which is a reason for one more claim.
        if (answer(store().schedules().nextDue()).orElseThrow().isZero()) {
            claim("c2");
        }
        assertThat(answer(store().schedules().nextDue()).orElseThrow()).isPositive();
    }

    @Test
    default void otherJobLeavesTheNextRun() {
        Schedule first = put("nightly", spec("@daily"), PAST, "r1").schedule();

        Schedule changed =
                put("nightly", spec(timing("@daily"), "2"), FUTURE, "r2").schedule();

        assertThat(changed.spec()).isEqualTo(spec(timing("@daily"), "2"));
        assertThat(changed.next()).contains(PAST);
        assertThat(changed.epoch()).isEqualTo(first.epoch());
        assertThat(changed.createdAt()).isEqualTo(first.createdAt());
    }

    @Test
    default void otherTimingBeginsAnew() {
        Schedule first = put("nightly", spec("@daily"), PAST, "r1").schedule();

        Schedule changed = put("nightly", spec("@hourly"), FUTURE, "r2").schedule();

        assertThat(changed.next()).contains(FUTURE);
        assertThat(changed.epoch()).isNotEqualTo(first.epoch());
        assertThat(claim("c1").schedules()).isEmpty();
        assertThat(advance(first, FUTURE)).isFalse();
    }

    @Test
    default void oneMoreThanTheMostIsRefused() {
        put("a", spec("@daily"), FUTURE, "r1");

        assertThat(answer(store().schedules().put(new ScheduleName("b"), spec("@daily"), next(FUTURE), "r2", 1)))
                .isEqualTo(new SchedulePut.Full());
        assertThat(answer(store().schedules().put(new ScheduleName("a"), spec("@hourly"), next(FUTURE), "r3", 1)))
                .isInstanceOf(SchedulePut.Stored.class);
        assertThat(sighted("b")).isEmpty();
    }

    @Test
    default void schedulesAreListedByName() {
        for (String name : List.of("b", "a-1", "c", "a.1", "a")) {
            put(name, spec("@daily"), FUTURE, "r-" + name);
        }

        SchedulePage first = answer(store().schedules().list(Optional.empty(), 3));
        assertThat(first.schedules()).extracting(s -> s.name().value()).containsExactly("a", "a-1", "a.1");
        SchedulePage second = answer(store().schedules().list(first.next(), 3));
        assertThat(second.schedules()).extracting(s -> s.name().value()).containsExactly("b", "c");
        assertThat(second.next()).isEmpty();
        assertThat(answer(store().schedules().list(Optional.empty(), 5)).next()).isEmpty();
    }

    @Test
    default void deletedScheduleIsGone() {
        Schedule schedule = put("nightly", spec("@daily"), PAST, "r1").schedule();

        answer(store().schedules().delete(NIGHTLY));
        answer(store().schedules().delete(NIGHTLY));

        assertThat(sighted("nightly")).isEmpty();
        assertThat(answer(store().schedules().list(Optional.empty(), 5)).schedules())
                .isEmpty();
        assertThat(claim("c1").schedules()).isEmpty();
        assertThat(advance(schedule, FUTURE)).isFalse();
        assertThat(answer(store().schedules().setPaused(NIGHTLY, true))).isEmpty();
        assertThat(sighted("nightly")).isEmpty();
    }

    @Test
    default void dueSchedulesAreClaimedLongestWaitingFirst() {
        put("late", spec("@daily"), PAST.plusSeconds(1), "r1");
        put("later", spec("@daily"), PAST.plusSeconds(2), "r2");
        put("latest", spec("@daily"), PAST, "r3");
        put("ahead", spec("@daily"), FUTURE, "r4");

        DueSchedules first = answer(store().schedules().claim("me", "c1", 2, LONG));
        DueSchedules second = answer(store().schedules().claim("you", "c2", 2, LONG));

        assertThat(first.schedules()).extracting(s -> s.name().value()).containsExactly("latest", "late");
        assertThat(first.nextDue()).contains(Duration.ZERO);
        assertThat(second.schedules()).extracting(s -> s.name().value()).containsExactly("later");
        assertThat(second.nextDue().orElseThrow()).isBetween(LONG.minusMinutes(1), LONG);
        assertThat(claim("c3").schedules()).isEmpty();
    }

    @Test
    default void timeUntilTheNextScheduleIsDueIsTold() {
        assertThat(claim("c1").nextDue()).isEmpty();
        Instant soon = store().now().plusSeconds(60);
        put("nightly", spec("@daily"), soon, "r1");

        DueSchedules due = claim("c2");

        assertThat(due.schedules()).isEmpty();
        assertThat(due.now().plus(due.nextDue().orElseThrow())).isEqualTo(soon);
    }

    @Test
    default void repeatedClaimGetsTheSame() {
        put("nightly", spec("@daily"), PAST, "r1");

        assertThat(claim("c1").schedules()).hasSize(1);
        assertThat(claim("c1").schedules()).extracting(Schedule::name).containsExactly(NIGHTLY);
        assertThat(claim("c2").schedules()).isEmpty();
    }

    @Test
    default void claimedScheduleIsDueAgainWhenTheLeaseIsOver() {
        put("nightly", spec("@daily"), PAST, "r1");

        assertThat(answer(store().schedules().claim("me", "c1", 10, SHORT)).schedules())
                .hasSize(1);
        letPass(SHORT);
        assertThat(claim("c2").schedules()).extracting(Schedule::name).containsExactly(NIGHTLY);
    }

    @Test
    default void advancedScheduleWaitsForItsNextRun() {
        put("nightly", spec("@daily"), PAST, "r1");
        Schedule seen = claim("c1").schedules().get(0);

        assertThat(advance(seen, FUTURE)).isTrue();

        Schedule now = sighted("nightly").orElseThrow();
        assertThat(now.next()).contains(FUTURE);
        assertThat(now.last()).contains(seen.run(PAST));
        assertThat(now.last().orElseThrow().job()).isEqualTo(new JobId("schedule~nightly~20200101T000000Z"));
        assertThat(claim("c2").schedules()).isEmpty();
        assertThat(claim("c2").nextDue())
                .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(LONG));
    }

    @Test
    default void onlyTheFirstAdvanceFromARunCounts() {
        put("nightly", spec("@daily"), PAST, "r1");
        Schedule seen = claim("c1").schedules().get(0);
        advance(seen, FUTURE);

        assertThat(advance(seen, FUTURE.plusSeconds(1))).isFalse();
        assertThat(sighted("nightly").orElseThrow().next()).contains(FUTURE);
    }

    @Test
    default void scheduleWithoutAnotherRunIsNeverDue() {
        put("nightly", spec("@daily"), PAST, "r1");
        Schedule seen = claim("c1").schedules().get(0);

        assertThat(answer(store().schedules()
                        .advance(seen, new NextRun(Optional.empty(), store().now()), Optional.empty())))
                .isTrue();

        Schedule now = sighted("nightly").orElseThrow();
        assertThat(now.next()).isEmpty();
        assertThat(now.last()).isEmpty();
        assertThat(claim("c2").nextDue()).isEmpty();
    }

    @Test
    default void pausedScheduleIsNotDueUntilItIsResumed() {
        put("nightly", spec("@daily"), PAST, "r1");

        assertThat(answer(store().schedules().setPaused(NIGHTLY, true))
                        .orElseThrow()
                        .paused())
                .isTrue();
        assertThat(claim("c1").schedules()).isEmpty();
        put("nightly", spec("@hourly"), PAST.plusSeconds(1), "r2");
        assertThat(claim("c2").schedules()).isEmpty();

        Schedule resumed = answer(store().schedules().setPaused(NIGHTLY, false)).orElseThrow();
        assertThat(resumed.paused()).isFalse();
        assertThat(resumed.next()).contains(PAST.plusSeconds(1));
        assertThat(claim("c3").schedules()).containsExactly(resumed);
    }

    @Test
    default void scheduleThatIsPausedWhileClaimedStaysPaused() {
        put("nightly", spec("@daily"), PAST, "r1");
        Schedule seen = claim("c1").schedules().get(0);
        answer(store().schedules().setPaused(NIGHTLY, true));

        assertThat(advance(seen, PAST.plusSeconds(1))).isTrue();

        assertThat(claim("c2").schedules()).isEmpty();
        assertThat(sighted("nightly").orElseThrow().next()).contains(PAST.plusSeconds(1));
    }

    default SchedulePut.Stored put(String name, ScheduleSpec spec, Instant next, String revision) {
        return (SchedulePut.Stored)
                answer(store().schedules().put(new ScheduleName(name), spec, next(next), revision, MOST));
    }

    /** As worked out now. */
    default NextRun next(Instant run) {
        return new NextRun(Optional.of(run), store().now());
    }

    default Optional<Schedule> sighted(String name) {
        return answer(store().schedules().find(new ScheduleName(name))).schedule();
    }

    default DueSchedules claim(String token) {
        return answer(store().schedules().claim("me", token, 10, LONG));
    }

    /** As if the next run that was seen had got its job. */
    default boolean advance(Schedule seen, Instant next) {
        return answer(store().schedules().advance(seen, next(next), seen.next().map(seen::run)));
    }

    default ScheduleSpec spec(String cron) {
        return spec(timing(cron), "1");
    }

    default ScheduleSpec spec(Timing timing, String payload) {
        JobSpec any = job("any").build().spec();
        JobSpec job = new JobSpec(any.handler(), new Json(payload), any.priority(), any.retry(), any.timeout());
        return new ScheduleSpec(timing, Misfire.DEFAULT, QUEUE, job, Durability.MEMORY);
    }

    default Timing timing(String cron) {
        return new Timing(cron, ZoneId.of("UTC"), Timing.Gap.SHIFT, Timing.Overlap.FIRST);
    }
}
