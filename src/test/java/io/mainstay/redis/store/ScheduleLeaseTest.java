package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Durability;
import io.mainstay.job.ScheduleName;
import io.mainstay.queue.JobDraft;
import io.mainstay.schedule.DueSchedules;
import io.mainstay.schedule.Misfire;
import io.mainstay.schedule.NextRun;
import io.mainstay.schedule.Schedule;
import io.mainstay.schedule.ScheduleSpec;
import io.mainstay.schedule.Timing;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Schedules in hand when the clock of Redis goes back: what is stored is moved ahead, which comes to the same. */
class ScheduleLeaseTest extends RedisSteps {

    private static final ScheduleName NAME = new ScheduleName("nightly");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration BACK = Duration.ofMinutes(10);

    @Test
    void leaseIsNoLongerForAClockThatWentBack() {
        put();
        assertThat(claim("first").schedules()).hasSize(1);
        String due = score(ScheduleKeys.DUE);
        move(ScheduleKeys.DUE, due);
        move(ScheduleKeys.TIMED, score(ScheduleKeys.TIMED));

        DueSchedules claimed = claim("second");

        assertThat(claimed.schedules()).isEmpty();
        assertThat(claimed.nextDue()).contains(LEASE);
        assertThat(claim("third").nextDue().orElseThrow()).isLessThanOrEqualTo(LEASE);
    }

    @Test
    void otherTimingKnowsOfTheLatestClaim() {
        put();
        claim("first");
        move(ScheduleKeys.TIMED, score(ScheduleKeys.TIMED));

        assertThat(put("@hourly", redis.now()).rewinds()).isEqualTo(1);
    }

    private void put() {
        put("@daily", Instant.EPOCH);
    }

    private Schedule put(String cron, Instant timedAt) {
        ScheduleSpec spec = new ScheduleSpec(
                new Timing(cron, ZoneId.of("UTC"), Timing.Gap.SHIFT, Timing.Overlap.FIRST),
                Misfire.DEFAULT,
                QUEUE,
                JobDraft.job(QUEUE, "any").build().spec(),
                Durability.MEMORY);
        NextRun next = new NextRun(Optional.of(Instant.EPOCH), timedAt);
        await(redis.schedules().put(NAME, spec, next, "revision of " + cron, 10));
        return await(redis.schedules().find(NAME)).schedule().orElseThrow();
    }

    private DueSchedules claim(String token) {
        return await(redis.schedules().claim("me", token, 10, LEASE));
    }

    private String score(String key) {
        return send(Command.ZSCORE, key, NAME).toString();
    }

    private void move(String key, String score) {
        long ahead = (long) Double.parseDouble(score) + BACK.toMillis();
        send(Command.ZADD, key, ahead, NAME);
    }
}
