package io.mainstay.maintenance;

import static io.mainstay.queue.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.TestClock;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrunerTest {

    private static final QueueName QUEUE = new QueueName("old");

    private final TestClock clock = new TestClock();
    private final InMemoryJobStore store = new InMemoryJobStore(clock);

    @Test
    void keepsTheNewestOfEachStateHoweverManyCallsItTakes() {
        cancelJobs(3 * Pruner.PER_CALL);
        assertThat(prune(Map.of("mainstay.retention.cancelled.max-count", "7"))).isFalse();
        assertThat(cancelled()).isEqualTo(7);
    }

    @Test
    void deletesWhatIsPastItsAge() {
        cancelJobs(5);
        prune(Map.of());
        assertThat(cancelled()).isEqualTo(5);
        clock.advance(Duration.ofDays(1));
        prune(Map.of());
        assertThat(cancelled()).isZero();
    }

    @Test
    void saysWhenARoundMetItsBound() {
        cancelJobs(Pruner.PER_CALL * Pruner.CALLS_PER_ROUND + 1);
        Map<String, String> keepNone = Map.of("mainstay.retention.cancelled.max-count", "0");
        assertThat(prune(keepNone)).isTrue();
        assertThat(cancelled()).isEqualTo(1);
        assertThat(prune(keepNone)).isFalse();
        assertThat(cancelled()).isZero();
    }

    private boolean prune(Map<String, String> values) {
        RetentionConfig config = new SmallRyeConfigBuilder()
                .withMapping(RetentionConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(RetentionConfig.class);
        return new Pruner(store, store, config).prune().await().indefinitely();
    }

    private void cancelJobs(int count) {
        for (int i = 0; i < count; i++) {
            store.enqueue(job(QUEUE, "j" + i).build()).await().indefinitely();
            store.cancel(QUEUE, new JobId("j" + i)).await().indefinitely();
        }
    }

    private long cancelled() {
        return store.figures(List.of(QUEUE))
                .await()
                .indefinitely()
                .get(0)
                .counts()
                .get(JobState.CANCELLED);
    }
}
