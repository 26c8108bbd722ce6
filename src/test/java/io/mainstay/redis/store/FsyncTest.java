package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.Durability;
import io.mainstay.job.JobId;
import io.mainstay.job.NewJob;
import io.mainstay.job.NotDurableException;
import io.mainstay.job.QueueName;
import io.mainstay.process.OtherRedis;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Enqueues that wait for the disk (WAITAOF), on servers that can. */
class FsyncTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final Map<String, String> PATIENT = Map.of("mainstay.durability.timeout", "PT20S");

    @ParameterizedTest
    @EnumSource(names = "OLDEST", mode = EnumSource.Mode.EXCLUDE)
    void acknowledgedJobIsOnTheDisk(OtherRedis program) {
        try (RedisNode node = RedisNode.start(program, "appendonly yes", "appendfsync everysec")
                        .awaitUp();
                RedisUnderTest redis = new RedisUnderTest(node.address(), PATIENT)) {
            assertThat(enqueue(redis)).isInstanceOf(Enqueued.Created.class);
            assertThat(node.call("INFO", "commandstats")).contains("cmdstat_waitaof:calls=");

            node.restart();
            node.awaitUp();
            assertThat(redis.jobs().find(QUEUE, new JobId("a")).await().atMost(DEADLINE))
                    .isPresent();

            assertThat(enqueue(redis)).isInstanceOf(Enqueued.Existing.class);
            assertThat(node.call("INFO", "commandstats")).contains("cmdstat_waitaof:calls=");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "OLDEST", mode = EnumSource.Mode.EXCLUDE)
    void withoutAnAppendOnlyFileNoDiskIsReached(OtherRedis program) {
        try (RedisNode node = RedisNode.start(program).awaitUp();
                RedisUnderTest redis = new RedisUnderTest(node.address(), PATIENT)) {
            assertThatThrownBy(() -> enqueue(redis))
                    .isInstanceOf(NotDurableException.class)
                    .hasMessageContaining("no append-only file");
        }
    }

    /** The file is written, but the disk hears of it only when the system wants. */
    @ParameterizedTest
    @EnumSource(names = "OLDEST", mode = EnumSource.Mode.EXCLUDE)
    void diskThatIsNotReachedInTimeIsSaid(OtherRedis program) {
        try (RedisNode node = RedisNode.start(program, "appendonly yes", "appendfsync no")
                        .awaitUp();
                RedisUnderTest redis =
                        new RedisUnderTest(node.address(), Map.of("mainstay.durability.timeout", "PT0.1S"))) {
            assertThatThrownBy(() -> enqueue(redis)).isInstanceOf(NotDurableException.class);
            assertThat(redis.jobs().find(QUEUE, new JobId("a")).await().atMost(DEADLINE))
                    .isPresent();
        }
    }

    private static Enqueued enqueue(RedisUnderTest redis) {
        NewJob job = JobDraft.job(QUEUE, "a").build();
        return redis.jobs()
                .enqueue(new NewJob(QUEUE, job.id(), job.spec(), job.start(), Durability.FSYNC))
                .await()
                .atMost(DEADLINE);
    }
}
