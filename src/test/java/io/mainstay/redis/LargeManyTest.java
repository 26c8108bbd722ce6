package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobFilter;
import io.mainstay.queue.ManyAction;
import io.mainstay.queue.ManyChanged;
import io.mainstay.queue.ManyRequest;
import io.mainstay.queue.PageRequest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A call about many jobs reads them in Redis, payloads included: how much of that it does at a time is bounded. */
class LargeManyTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Json MEGABYTE = new Json("\"" + "x".repeat(1_000_000) + "\"");

    @Test
    void callEndsEarlyAmongLargeJobsAndSaysWhereToGoOn() {
        try (RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 100)) {
            for (int i = 0; i < 6; i++) {
                ask(redis.jobs().enqueue(large("job-" + i)));
            }

            ManyChanged first = cancel(redis, Optional.empty());
            assertThat(first.count()).isEqualTo(4);
            ManyChanged rest = cancel(redis, first.next());
            assertThat(rest.count()).isEqualTo(2);
            assertThat(rest.next()).isEmpty();
        }
    }

    private static ManyChanged cancel(RedisUnderTest redis, Optional<String> cursor) {
        PageRequest page = new PageRequest(JobState.READY, cursor, PageRequest.MOST);
        String token = UUID.randomUUID().toString();
        return ask(redis.many().change(QUEUE, new ManyRequest(ManyAction.CANCEL, JobFilter.ALL, page, token)));
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
