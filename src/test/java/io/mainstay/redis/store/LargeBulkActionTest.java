package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.redis.RedisServerForTests;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A call about many jobs loads no payload, and how much of their errors it reads at a time is bounded. */
class LargeBulkActionTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Json MEGABYTE = new Json("\"" + "x".repeat(1_000_000) + "\"");

    @Test
    void payloadsAreNotLoaded() {
        try (RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 100)) {
            for (int i = 0; i < 6; i++) {
                ask(redis.jobs().enqueue(large("job-" + i)));
            }

            BulkChanges all = cancel(redis, JobFilter.ALL, Optional.empty());
            assertThat(all.count()).isEqualTo(6);
            assertThat(all.next()).isEmpty();
        }
    }

    @Test
    void callEndsEarlyAmongLargeErrorsAndSaysWhereToGoOn() {
        String errors = "[{\"attempt\":1,\"at\":1,\"type\":\"t\",\"message\":\"" + "x".repeat(300_000) + "\"}]";
        try (RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 100)) {
            for (int i = 0; i < 6; i++) {
                JobId id = new JobId("job-" + i);
                ask(redis.jobs().enqueue(JobDraft.job(QUEUE, id.value()).build()));
                redis.send(Request.cmd(Command.HSET)
                        .arg(new RedisKeys(QUEUE).job(id))
                        .arg("errors")
                        .arg(errors));
            }

            BulkChanges first = cancel(redis, JobFilter.ALL.withErrorType("t"), Optional.empty());
            assertThat(first.count()).isEqualTo(4);
            BulkChanges rest = cancel(redis, JobFilter.ALL.withErrorType("t"), first.next());
            assertThat(rest.count()).isEqualTo(2);
            assertThat(rest.next()).isEmpty();
        }
    }

    private static BulkChanges cancel(RedisUnderTest redis, JobFilter filter, Optional<String> cursor) {
        PageRequest page = new PageRequest(JobState.READY, cursor, PageRequest.MOST);
        String token = UUID.randomUUID().toString();
        return ask(redis.bulkActions().change(QUEUE, new BulkActionRequest(BulkAction.CANCEL, filter, page, token)));
    }

    private static NewJob large(String id) {
        NewJob small = JobDraft.job(QUEUE, id).build();
        JobSpec spec = small.spec();
        JobSpec large =
                new JobSpec(spec.handler(), MEGABYTE, spec.priority(), spec.retry(), spec.timeout(), spec.options());
        return new NewJob(QUEUE, new JobId(id), large, small.start());
    }

    private static <T> T ask(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(20));
    }
}
