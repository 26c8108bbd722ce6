package io.mainstay.maintenance;

import static io.mainstay.queue.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.TestClock;
import io.smallrye.config.SmallRyeConfig;
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
        prune(Map.of("mainstay.retention.cancelled.max-count", "7"));
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
    void leavesWhatIsBeyondTheBoundOfARoundToTheNext() {
        cancelJobs(Pruner.PER_CALL * Pruner.CALLS_PER_ROUND + 1);
        Map<String, String> keepNone = Map.of("mainstay.retention.cancelled.max-count", "0");
        prune(keepNone);
        assertThat(cancelled()).isEqualTo(1);
        prune(keepNone);
        assertThat(cancelled()).isZero();
    }

    private void prune(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(RetentionConfig.class)
                .withMapping(ForgetConfig.class)
                .withDefaultValues(values)
                .build();
        new Pruner(store, config.getConfigMapping(RetentionConfig.class), config.getConfigMapping(ForgetConfig.class))
                .prune(QUEUE)
                .await()
                .indefinitely();
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
