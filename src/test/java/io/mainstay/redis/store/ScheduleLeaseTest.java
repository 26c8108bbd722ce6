package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Durability;
import io.mainstay.job.QueueName;
import io.mainstay.job.ScheduleName;
import io.mainstay.queue.JobDraft;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.schedule.DueSchedules;
import io.mainstay.schedule.Misfire;
import io.mainstay.schedule.NextRun;
import io.mainstay.schedule.Schedule;
import io.mainstay.schedule.ScheduleSpec;
import io.mainstay.schedule.Timing;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schedules in hand when the clock of Redis goes back: what is stored is moved ahead, which comes to the same. */
class ScheduleLeaseTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final ScheduleName NAME = new ScheduleName("nightly");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration BACK = Duration.ofMinutes(10);
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        redis = new RedisUnderTest(RedisServerForTests.address(), 100);
    }

    @AfterEach
    void close() {
        redis.close();
    }

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
        redis.schedules()
                .put(NAME, spec, next, "revision of " + cron, 10)
                .await()
                .atMost(DEADLINE);
        return redis.schedules().find(NAME).await().atMost(DEADLINE).schedule().orElseThrow();
    }

    private DueSchedules claim(String token) {
        return redis.schedules().claim("me", token, 10, LEASE).await().atMost(DEADLINE);
    }

    private String score(String key) {
        return redis.send(Request.cmd(Command.ZSCORE).arg(key).arg(NAME.value()))
                .toString();
    }

    private void move(String key, String score) {
        long ahead = (long) Double.parseDouble(score) + BACK.toMillis();
        redis.send(Request.cmd(Command.ZADD).arg(key).arg(ahead).arg(NAME.value()));
    }
}
