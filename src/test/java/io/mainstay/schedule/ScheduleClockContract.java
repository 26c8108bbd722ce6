package io.mainstay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.ScheduleName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Schedules after the store's clock went back: their next runs were worked out by a later time than it shows. */
public interface ScheduleClockContract extends ScheduleContract {

    @Test
    default void scheduleThatWasTimedByALaterClockIsClaimedThoughItsRunIsAhead() {
        Instant now = store().now();
        putTimed(Duration.ofMinutes(10), Duration.ofMinutes(11), "@daily", "r1");
        put("due", spec("@daily"), now, "r2");
        put("ahead", spec("@daily"), now.plus(LONG), "r3");

        assertThat(claim("c1").schedules())
                .extracting(s -> s.name().value())
                .containsExactlyInAnyOrder("nightly", "due");
        assertThat(claim("c1").schedules()).hasSize(2);
        assertThat(claim("c2").schedules()).isEmpty();
    }

    @Test
    default void noMoreThanAskedForAreClaimedOfThoseTimedByALaterClock() {
        for (int i = 0; i < 5; i++) {
            Instant later = store().now().plus(LONG).plusSeconds(i);
            NextRun next = new NextRun(Optional.of(later), later);
            answer(store().schedules().put(new ScheduleName("s" + i), spec("@daily"), next, "r" + i, MOST));
        }

        assertThat(answer(store().schedules().claim("me", "c1", 3, LONG)).schedules())
                .hasSize(3);
        assertThat(answer(store().schedules().claim("me", "c2", 3, LONG)).schedules())
                .hasSize(2);
    }

    @Test
    default void scheduleThatGoesBackIsDueAtTheEarlierRunAndItsRunsHaveOtherJobs() {
        putTimed(Duration.ofMinutes(10), Duration.ofMinutes(11), "@daily", "r1");
        Schedule seen = claim("c1").schedules().get(0);

        assertThat(advance(seen, PAST)).isTrue();
        assertThat(advance(seen, PAST)).isFalse();

        Schedule back = claim("c2").schedules().get(0);
        assertThat(back.next()).contains(PAST);
        assertThat(back.rewinds()).isEqualTo(1);
        assertThat(back.run(PAST).job()).isEqualTo(new JobId("schedule~nightly~20200101T000000Z~1"));
        assertThat(advance(back, PAST.plusSeconds(1))).isTrue();
        assertThat(sighted("nightly").orElseThrow().rewinds()).isEqualTo(1);
    }

    @Test
    default void advanceFromBeforeTheScheduleWentBackDoesNothing() {
        put("nightly", spec("@daily"), PAST.plusSeconds(1), "r1");
        Schedule seen = claim("c1").schedules().get(0);
        advance(seen, PAST);
        Schedule back = claim("c2").schedules().get(0);
        advance(back, PAST.plusSeconds(1));

        assertThat(advance(seen, FUTURE)).isFalse();
        assertThat(sighted("nightly").orElseThrow().next()).contains(PAST.plusSeconds(1));
    }

    @Test
    default void scheduleWhoseRunStaysIsNotClaimedAgainUntilItIsDue() {
        putTimed(Duration.ofMinutes(10), Duration.ofMinutes(11), "@daily", "r1");
        Schedule seen = claim("c1").schedules().get(0);

        assertThat(advance(seen, seen.next().orElseThrow())).isTrue();

        DueSchedules after = claim("c2");
        assertThat(after.schedules()).isEmpty();
        assertThat(after.now().plus(after.nextDue().orElseThrow()))
                .isEqualTo(seen.next().orElseThrow());
        assertThat(sighted("nightly").orElseThrow().rewinds()).isZero();
    }

    @Test
    default void pausedScheduleThatWasTimedByALaterClockIsClaimedWhenItIsResumed() {
        putTimed(Duration.ofMinutes(10), Duration.ofMinutes(11), "@daily", "r1");
        answer(store().schedules().setPaused(NIGHTLY, true));
        assertThat(claim("c1").schedules()).isEmpty();

        answer(store().schedules().setPaused(NIGHTLY, false));
        assertThat(claim("c2").schedules()).extracting(Schedule::name).containsExactly(NIGHTLY);
    }

    @Test
    default void otherTimingAfterTheClockWentBackGivesItsRunsOtherJobs() {
        putTimed(Duration.ofMinutes(10), Duration.ofMinutes(11), "@daily", "r1");

        Schedule changed = put("nightly", spec("@hourly"), FUTURE, "r2").schedule();
        assertThat(changed.rewinds()).isEqualTo(1);
        assertThat(put("nightly", spec("@hourly"), FUTURE, "r2").schedule()).isEqualTo(changed);
        assertThat(put("nightly", spec("@daily"), FUTURE, "r3").schedule().rewinds())
                .isEqualTo(1);
        assertThat(claim("c1").schedules()).isEmpty();
    }

    /** As if the clock had gone back since: both times lie ahead of it by so much. */
    default void putTimed(Duration timedAhead, Duration runAhead, String cron, String revision) {
        Instant now = store().now();
        NextRun next = new NextRun(Optional.of(now.plus(runAhead)), now.plus(timedAhead));
        answer(store().schedules().put(NIGHTLY, spec(cron), next, revision, MOST));
    }
}
