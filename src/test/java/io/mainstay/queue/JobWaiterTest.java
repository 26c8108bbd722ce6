package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobWaiterTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final JobId ID = new JobId("1");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final InMemoryJobStore store = new InMemoryJobStore(Clock.systemUTC());
    private final Job job = enqueue();

    @Test
    void waitsUntilTheJobHasEnded() {
        var waiting = waiter(1).awaitEnd(job, SOON).subscribeAsCompletionStage();
        store.cancel(QUEUE, ID).await().atMost(SOON);

        var waited = waiting.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(waited.waited()).isTrue();
        assertThat(waited.job().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void answersWithTheJobAsItIsWhenTheTimeIsOver() {
        var waited = waiter(1).awaitEnd(job, Duration.ofMillis(50)).await().atMost(SOON);
        assertThat(waited.waited()).isTrue();
        assertThat(waited.job().state()).isEqualTo(JobState.READY);
    }

    @Test
    void tellsWhenThereIsNoRoomAndMakesRoomAfterwards() {
        JobWaiter waiter = waiter(1);
        var first = waiter.awaitEnd(job, SOON).subscribeAsCompletionStage();
        assertThat(waiter.awaitEnd(job, SOON).await().atMost(SOON).waited()).isFalse();

        first.cancel(false);
        assertThat(waiter.awaitEnd(job, Duration.ofMillis(20))
                        .await()
                        .atMost(SOON)
                        .waited())
                .isTrue();
    }

    @Test
    void jobThatHasEndedNeedsNoRoom() {
        store.cancel(QUEUE, ID).await().atMost(SOON);
        Job ended = store.find(QUEUE, ID).await().atMost(SOON).orElseThrow();
        assertThat(waiter(0).awaitEnd(ended, SOON).await().atMost(SOON).waited())
                .isTrue();
    }

    @Test
    void jobThatIsGoneEndsTheWait() {
        store.cancel(QUEUE, ID).await().atMost(SOON);
        store.prune(QUEUE, new Retention(JobState.CANCELLED, Duration.ZERO, 0, 10))
                .await()
                .atMost(SOON);
        assertThat(store.find(QUEUE, ID).await().atMost(SOON)).isEmpty();

        var waited = waiter(1).awaitEnd(job, Duration.ofMinutes(1)).await().atMost(SOON);
        assertThat(waited.job()).isEqualTo(job);
    }

    private JobWaiter waiter(int most) {
        JobsConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(JobsConfig.class)
                .withDefaultValue("mainstay.jobs.max-waiters", Integer.toString(most))
                .build()
                .getConfigMapping(JobsConfig.class);
        return new JobWaiter(store, config);
    }

    private Job enqueue() {
        Backoff backoff = new Backoff.Fixed(Duration.ofSeconds(1));
        JobSpec spec =
                new JobSpec(new HandlerName("h"), Json.NULL, 4, new RetryPolicy(1, backoff), Duration.ofMinutes(1));
        return store.enqueue(new NewJob(QUEUE, ID, spec, StartTime.NOW))
                .await()
                .atMost(SOON)
                .job();
    }
}
