package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.queue.Retention;
import io.mainstay.registry.DeletionStep;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More jobs whose flows are owed news than a call looks at are in front of one that may go. */
class DeletionBehindNewsTest extends RedisSteps {

    private static final int OWED = 2500;
    private static final Retention NOTHING = new Retention(JobState.CANCELLED, Duration.ZERO, 0, 200);

    @BeforeEach
    void end() {
        enqueue("a");
        await(redis.jobs().cancel(QUEUE, new JobId("a")));
        Request ended = Request.cmd(Command.ZADD).arg(KEYS.state(JobState.CANCELLED));
        Request owed = Request.cmd(Command.ZADD).arg(KEYS.handover());
        for (int i = 0; i < OWED; i++) {
            ended.arg(i).arg("flow-f-" + i);
            owed.arg(i).arg("flow-f-" + i);
        }
        redis.send(ended);
        redis.send(owed);
    }

    @Test
    void pruneGoesOnBehindThemAndBeginsAnew() {
        assertThat(prune()).isZero();
        assertThat(prune()).isZero();
        assertThat(prune()).isEqualTo(1);
        assertThat(send(Command.ZCARD, KEYS.state(JobState.CANCELLED)).toInteger())
                .isEqualTo(OWED);

        send(Command.ZREM, KEYS.handover(), "flow-f-0");
        assertThat(prune()).isEqualTo(1);
    }

    @Test
    void deletionGoesOnBehindThem() {
        int steps = 1;
        while (deleteSome().more()) {
            assertThat(++steps).isLessThan(10);
        }

        assertThat(send(Command.EXISTS, KEYS.job(new JobId("a"))).toInteger()).isZero();
        assertThat(send(Command.ZCARD, KEYS.state(JobState.CANCELLED)).toInteger())
                .isEqualTo(OWED);
    }

    private int prune() {
        return await(redis.leases().prune(QUEUE, NOTHING));
    }

    private DeletionStep deleteSome() {
        return await(redis.queues().deleteSome(QUEUE, true, 200));
    }
}
