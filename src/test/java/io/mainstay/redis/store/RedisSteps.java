package io.mainstay.redis.store;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.RedisServerForTests;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For tests of what only a real Redis can show: an empty one, and steps on one queue of it. */
abstract class RedisSteps {

    static final QueueName QUEUE = new QueueName("q");
    static final RedisKeys KEYS = new RedisKeys(QUEUE);
    static final Duration DEADLINE = Duration.ofSeconds(40);
    static final Duration LONG = Duration.ofMinutes(10);

    RedisUnderTest redis;

    @BeforeEach
    void open() {
        redis = new RedisUnderTest(RedisServerForTests.address(), 100);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    void enqueue(String... ids) {
        for (String id : ids) {
            await(redis.jobs().enqueue(JobDraft.job(QUEUE, id).build()));
        }
    }

    Claimed claim(String token, int max) {
        return claim("me", token, max, LONG);
    }

    Claimed claim(String claimant, String token, int max, Duration lease) {
        return await(redis.leases().claim(SomeClaim.of(QUEUE, claimant, token, max, lease)));
    }

    /** Sends a command with its arguments, whatever they are. */
    Response send(Command command, Object... args) {
        Request request = Request.cmd(command);
        for (Object arg : args) {
            request.arg(arg.toString());
        }
        return redis.send(request);
    }

    static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
