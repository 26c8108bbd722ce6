package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.JobDraft;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** After a step back of the clock of Redis, each claim looks at a bounded number of what waits for a time. */
class ClockStepOnRedisTest extends RedisSteps {

    private static final int GROUPS = 1000;
    private static final int PER_CLAIM = 200;

    @Test
    void groupsThatRestAreLookedAtInSteps() {
        await(redis.jobs().enqueue(JobDraft.job(QUEUE, "a").group("g").build()));
        await(redis.jobs().enqueue(JobDraft.job(QUEUE, "b").after(LONG).build()));
        claim("first", 1);
        Request rest = Request.cmd(Command.ZADD).arg(resting());
        long until = redis.now().plus(Duration.ofHours(1)).toEpochMilli();
        for (int i = 0; i < GROUPS; i++) {
            rest.arg(until + i / 10).arg("g-" + i);
        }
        redis.send(rest);
        redis.step(Duration.ofHours(-1));

        for (int left = GROUPS - PER_CLAIM; left >= 0; left -= PER_CLAIM) {
            claim("t-" + left, 1);
            assertThat(send(Command.ZCOUNT, resting(), until, "+inf").toInteger())
                    .isEqualTo(left);
        }
        claim("last", 1);
        assertThat(send(Command.HEXISTS, KEYS.meta(), "bounding").toInteger()).isZero();
    }

    private static String resting() {
        return KEYS.base() + "resting";
    }
}
