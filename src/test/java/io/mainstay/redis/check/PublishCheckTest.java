package io.mainstay.redis.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.Change;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.LimitsDraft;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.MainstayUser;
import io.mainstay.redis.store.RedisUnderTest;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A user who may not publish can change all there is to change, and is told what it lacks. */
class PublishCheckTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void whatTookEffectDoesNotFailAndWhatIsMissingIsTold() {
        try (RedisNode node = RedisNode.start().awaitUp()) {
            MainstayUser.make(node);
            node.call("ACL", "SETUSER", "mainstay", "-publish");
            String address = "redis://" + MainstayUser.LOGIN + "@127.0.0.1:" + node.port();
            try (RedisUnderTest service = Inspected.begin(
                    new RedisOptions().setConnectionString(address), node.address(), Map.of(), SchemaCheck.CURRENT)) {
                Awaitility.await().atMost(DEADLINE).until(() -> service.gate().warnings().stream()
                        .anyMatch(text -> text.contains("+publish")));
                changeAllThatIsTold(service);

                node.call("ACL", "SETUSER", "mainstay", "+publish");
                service.gate().doubt();
                Awaitility.await().atMost(DEADLINE).until(() -> service.gate().warnings().stream()
                        .noneMatch(text -> text.contains("+publish")));
            }
        }
    }

    private static void changeAllThatIsTold(RedisUnderTest service) {
        JobDraft job = JobDraft.job(QUEUE, "a");
        await(service.jobs().enqueue(job.build()));
        for (boolean paused : new boolean[] {true, false}) {
            await(service.jobs().setPaused(QUEUE, paused));
            assertThat(await(service.jobs().setPaused(QUEUE, job.handler(), paused)))
                    .isTrue();
        }
        await(service.jobs().setLimits(QUEUE, LimitsDraft.NONE.concurrency(1).build()));
        await(service.leases().claim(SomeClaim.of(QUEUE, "me", "t", 1, Duration.ofMinutes(1))));
        assertThat(await(service.jobs().cancel(QUEUE, job.id()))).isInstanceOf(Change.Applied.class);
        assertThat(await(service.jobs().requeue(QUEUE, job.id(), "r"))).isInstanceOf(Change.Applied.class);
        assertThat(await(service.jobs().state(QUEUE, job.id()))).hasValue(JobState.READY);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
