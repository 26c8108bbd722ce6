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
import io.mainstay.job.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

interface EnqueueContract extends ContractSteps {

    @Test
    default void jobWithoutDelayIsReadyAtOnce() {
        Instant before = store().now();

        Job job = enqueue(job("a")).job();

        assertThat(job.state()).isEqualTo(JobState.READY);
        assertThat(job.status().attempt()).isZero();
        assertThat(job.status().result()).isNull();
        assertThat(job.status().errors()).isEmpty();
        assertThat(job.status().times().enqueuedAt()).isBetween(before, store().now());
        assertThat(job.status().times().runAt()).isEqualTo(job.status().times().enqueuedAt());
        assertThat(job.status().times().startedAt()).isNull();
        assertThat(job.status().times().finishedAt()).isNull();
        assertThat(find("a")).isEqualTo(job);
    }

    @Test
    default void statesOfSeveralJobsAreReadTogether() {
        enqueue("a");
        enqueue(job("b").after(LONG));

        List<JobId> ids = List.of(new JobId("b"), new JobId("nobody"), new JobId("a"));
        assertThat(answer(store().jobs().states(QUEUE, ids)))
                .isEqualTo(Map.of(new JobId("a"), JobState.READY, new JobId("b"), JobState.SCHEDULED));
        assertThat(answer(store().jobs().states(QUEUE, List.of()))).isEmpty();
    }

    @Test
    default void delayedJobIsScheduledForThen() {
        Job job = enqueue(job("a").after(LONG)).job();

        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.status().times().runAt())
                .isEqualTo(job.status().times().enqueuedAt().plus(LONG));
        assertThat(find("a")).isEqualTo(job);
    }

    @Test
    default void startTimeAheadIsKeptToTheMillisecond() {
        Instant then = Instant.parse("2100-05-06T07:08:09.123Z");

        Job job = enqueue(job("a").starting(new StartTime.At(then.plusNanos(456))))
                .job();

        assertThat(job.state()).isEqualTo(JobState.SCHEDULED);
        assertThat(job.status().times().runAt()).isEqualTo(then);
    }

    @Test
    default void startTimeInThePastMeansNow() {
        Job job = enqueue(job("a").starting(new StartTime.At(Instant.EPOCH))).job();

        assertThat(job.state()).isEqualTo(JobState.READY);
        assertThat(job.status().times().runAt()).isEqualTo(job.status().times().enqueuedAt());
    }

    @Test
    default void everythingAskedComesBackAsItWas() {
        List<Backoff> backoffs = List.of(
                new Backoff.Exponential(Duration.ofMillis(1), Backoff.LONGEST),
                new Backoff.Fixed(Duration.ZERO),
                new Backoff.Listed(List.of(Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1))));
        List<String> payloads =
                List.of("{\"a\":[1,2.50,null,\"ü€😀\\n\\u0000\"]}", "\"'%s {x} \\\\ \"", " 12345678901234567890 ");
        for (int i = 0; i < backoffs.size(); i++) {
            var retry = new RetryPolicy(RetryPolicy.MOST_ATTEMPTS, backoffs.get(i));
            var spec = new JobSpec(
                    new HandlerName("Mail.v2_x-y"), new Json(payloads.get(i)), i, retry, Duration.ofMillis(1234567));
            var asked = new NewJob(QUEUE, new JobId("A.b_c~d-" + i), spec, StartTime.NOW);

            Job kept = answer(store().jobs().enqueue(asked)).job();

            assertThat(kept.spec()).isEqualTo(spec);
            assertThat(find("A.b_c~d-" + i)).isEqualTo(kept);
            assertThat(claim(1).jobs()).extracting(Job::spec).containsExactly(spec);
        }
    }

    @Test
    default void theTraceAJobWasAskedForInIsKeptWithIt() {
        NewJob asked =
                job("a").build().withTrace(new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        Job kept = answer(store().jobs().enqueue(asked)).job();

        assertThat(kept.spec()).isEqualTo(asked.spec());
        assertThat(find("a")).isEqualTo(kept);
        assertThat(claim(1).jobs()).extracting(Job::spec).containsExactly(asked.spec());
    }

    @Test
    default void sameIdAgainAnswersWithTheJobThatIsThere() {
        Job first = enqueue(job("a")).job();

        Enqueued again = enqueue(job("a").after(LONG).priority(9).maxAttempts(1));

        assertThat(again).isEqualTo(new Enqueued.Existing(first));
        assertThat(list(JobState.READY)).containsExactly("a");
        assertThat(list(JobState.SCHEDULED)).isEmpty();
    }

    @Test
    default void sameIdAgainDoesNotReviveAnEndedJob() {
        run(job("a"), "t1");
        settle(complete("a", "t1"));

        assertThat(enqueue(job("a"))).isEqualTo(new Enqueued.Existing(find("a")));
        assertThat(stateOf("a")).isEqualTo(JobState.SUCCEEDED);
        assertThat(claim(1).jobs()).isEmpty();
    }

    @Test
    default void sameIdInAnotherQueueIsAnotherJob() {
        QueueName other = new QueueName("mails");
        enqueue("a");

        assertThat(answer(store().jobs().enqueue(JobDraft.job(other, "a").build())))
                .isInstanceOf(Enqueued.Created.class);
        cancel("a");

        assertThat(answer(store().jobs().find(other, new JobId("a")))
                        .orElseThrow()
                        .state())
                .isEqualTo(JobState.READY);
    }

    @Test
    default void unknownJobIsNotFound() {
        enqueue("a");

        assertThat(answer(store().jobs().find(QUEUE, new JobId("b")))).isEmpty();
        assertThat(answer(store().jobs().find(new QueueName("nowhere"), new JobId("a"))))
                .isEmpty();
    }
}
