package io.mainstay.handler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.AttemptError;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestQueueTest {

    private static final Duration BACKOFF = Duration.ofMinutes(5);

    private final List<String> ran = new ArrayList<>();
    private final TestQueue queue = new TestQueue()
            .handler("note", (JobHandler) job -> {
                ran.add(job.id() + " " + job.attempt());
                return Outcome.success(job.payload());
            })
            .handler("second-time", (JobHandler) job -> {
                if (job.attempt() == 1) {
                    throw new IllegalStateException("no luck");
                }
                return Outcome.success();
            })
            .handler("never", (JobHandler) job -> Outcome.retry("demo", "no luck"))
            .handler("snooze-once", (JobHandler)
                    job -> job.fence() == 1 ? Outcome.snooze(Duration.ofHours(1)) : Outcome.success())
            .handler("for-ever", (JobHandler) job -> Outcome.release());

    @Test
    void jobsRunByPriorityThenInTheirOrder() {
        queue.enqueue(job("late", "note", 1, StartTime.NOW));
        queue.enqueue(job("a", "note", 4, StartTime.NOW));
        queue.enqueue(job("b", "note", 4, StartTime.NOW));
        queue.enqueue(job("first", "note", 9, StartTime.NOW));

        queue.drain();

        assertThat(ran).containsExactly("first 1", "a 1", "b 1", "late 1");
        assertThat(queue.job(new JobId("a")).status().result()).isEqualTo(new Json("[1]"));
    }

    @Test
    void sameIdIsTheSameJob() {
        queue.enqueue(job("a", "note", 4, StartTime.NOW));
        queue.enqueue(job("a", "note", 4, StartTime.NOW));

        queue.drain();

        assertThat(ran).hasSize(1);
    }

    @Test
    void delayedJobsRunWhenTheyAreDue() {
        JobId id = queue.enqueue(job("a", "note", 4, new StartTime.After(Duration.ofHours(2))));

        queue.runDue();
        assertThat(queue.job(id).state()).isEqualTo(JobState.SCHEDULED);
        queue.advance(Duration.ofHours(2));
        queue.runDue();

        assertThat(queue.job(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void failedJobsAreTriedAgainAfterTheirBackoff() {
        Instant start = queue.now();
        JobId id = queue.enqueue(job("a", "second-time", 4, StartTime.NOW));

        queue.drain();

        Job job = queue.job(id);
        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.status().attempt()).isEqualTo(2);
        assertThat(job.status().errors()).extracting(AttemptError::message).containsExactly("no luck");
        assertThat(queue.now()).isEqualTo(start.plus(BACKOFF));
    }

    @Test
    void jobWithoutAttemptsLeftIsDead() {
        JobId id = queue.enqueue(job("a", "never", 4, StartTime.NOW));

        queue.drain();

        assertThat(queue.jobs(JobState.DEAD)).extracting(Job::id).containsExactly(id);
        assertThat(queue.job(id).status().errors()).hasSize(3);
    }

    @Test
    void snoozeIsNoAttempt() {
        JobId id = queue.enqueue("snooze-once", "null");

        queue.drain();

        assertThat(queue.job(id).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(queue.job(id).status().attempt()).isEqualTo(1);
    }

    @Test
    void cancelledJobDoesNotRun() {
        JobId id = queue.enqueue("note", "null");

        queue.cancel(id);
        queue.drain();

        assertThat(ran).isEmpty();
        assertThat(queue.job(id).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void endlessReleaseIsFound() {
        queue.enqueue("for-ever", "null");

        assertThatThrownBy(queue::drain).hasMessageContaining("not drained after 200 runs");
    }

    @Test
    void whatItCannotRunIsRefused() {
        assertThatThrownBy(() -> queue.enqueue("unknown", "null")).hasMessageContaining("no handler 'unknown' here");
    }

    private static NewJob job(String id, String handler, int priority, StartTime start) {
        RetryPolicy retry = new RetryPolicy(3, new Backoff.Fixed(BACKOFF));
        JobSpec spec = new JobSpec(new HandlerName(handler), new Json("[1]"), priority, retry, Duration.ofSeconds(30));
        return new NewJob(new QueueName("test"), new JobId(id), spec, start);
    }
}
