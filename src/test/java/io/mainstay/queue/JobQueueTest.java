package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobConflictException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.PayloadTooLargeException;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueConflictException;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.changes.LimitsPatch;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JobQueueTest {

    private static final QueueName QUEUE = new QueueName("orders");
    private static final JobId ID = new JobId("a");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final JobIds ids = new JobIds();
    private final TestClock clock = new TestClock();
    private final InMemoryJobStore store = new InMemoryJobStore(clock);
    private final List<String> observed = new ArrayList<>();
    private final JobObserver observer = new JobObserver() {
        @Override
        public void enqueued(Job job, boolean created) {
            observed.add(job.id() + (created ? " created" : " existing"));
        }

        @Override
        public void moved(Job job) {
            observed.add(job.id() + " " + job.state().wireName());
        }

        @Override
        public void changed(QueueName changed) {
            observed.add(changed + " changed");
        }
    };
    private final JobsConfig config = new SmallRyeConfigBuilder()
            .withMapping(JobsConfig.class)
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .withDefaultValue("mainstay.jobs.max-payload", "10")
            .withDefaultValue("mainstay.jobs.max-timeout", "PT1H")
            .withDefaultValue("mainstay.jobs.max-delay", "P2D")
            .build()
            .getConfigMapping(JobsConfig.class);
    private final JobQueue queue =
            new JobQueue(store, config, new TestObservers(List.of(observer, observer)), ids, clock, JobTracer.NONE);

    @Test
    void everyObserverHearsWhetherAnEnqueueMadeAJob() {
        assertThat(ask(queue.enqueue(job("a", "1", MINUTE, StartTime.NOW)))).isInstanceOf(Enqueued.Created.class);
        assertThat(ask(queue.enqueue(job("a", "2", MINUTE, StartTime.NOW)))).isInstanceOf(Enqueued.Existing.class);

        assertThat(observed).containsExactly("a created", "a created", "a existing", "a existing");
    }

    @Test
    void everyObserverHearsOfPausesAndLimitsThatWereSet() {
        QueueName name = new QueueName("set");
        ask(queue.setPaused(name, true));
        ask(queue.setPaused(name, new HandlerName("echo"), true));
        ask(queue.changeLimits(name, LimitsPatch.all(QueueLimits.NONE)));

        assertThat(observed).hasSize(6).containsOnly("set changed");
    }

    @Test
    void anObserverThatFailsHidesNoJobThatWasMade() {
        JobObserver failing = new JobObserver() {
            @Override
            public void enqueued(Job job, boolean created) {
                throw new IllegalStateException("a fault of the test");
            }

            @Override
            public void moved(Job job) {
                throw new IllegalStateException("a fault of the test");
            }
        };
        JobQueue watched =
                new JobQueue(store, config, new TestObservers(List.of(failing, observer)), ids, clock, JobTracer.NONE);

        assertThat(ask(watched.enqueue(job("a", "1", MINUTE, StartTime.NOW)))).isInstanceOf(Enqueued.Created.class);
        assertThat(ask(watched.cancel(job("a", "1", MINUTE, StartTime.NOW).queue(), ID)))
                .isNotNull();
        assertThat(observed).containsExactly("a created", "a cancelled");
    }

    @Test
    void aTraceThatFailsHidesNoJobThatWasMade() {
        JobTracer failing = new JobTracer() {
            @Override
            public Uni<Enqueued> enqueue(NewJob job, Function<NewJob, Uni<Enqueued>> store) {
                return store.apply(job).invoke(() -> {
                    throw new IllegalStateException("a fault of the test");
                });
            }

            @Override
            public Delivery deliver(Job job) {
                return Delivery.NONE;
            }
        };
        JobQueue traced = new JobQueue(store, config, new TestObservers(List.of(observer)), ids, clock, failing);

        assertThat(ask(traced.enqueue(job("a", "1", MINUTE, StartTime.NOW)))).isInstanceOf(Enqueued.Created.class);
        assertThat(observed).containsExactly("a created");
    }

    @Test
    void observersHearOfTheJobThatWasReplaced() {
        ask(queue.enqueue(unique("a", UniqueKey.OnConflict.KEEP)));
        ask(queue.enqueue(unique("b", UniqueKey.OnConflict.REPLACE)));

        assertThat(observed)
                .containsExactly("a created", "a created", "b created", "b created", "a cancelled", "a cancelled");
    }

    @Test
    void observersHearNothingOfAJobThatWasRefused() {
        ask(queue.enqueue(unique("a", UniqueKey.OnConflict.KEEP)));

        assertThatThrownBy(() -> ask(queue.enqueue(unique("b", UniqueKey.OnConflict.REJECT))))
                .isInstanceOf(UniqueConflictException.class);
        assertThat(observed).containsExactly("a created", "a created");
    }

    private static NewJob unique(String id, UniqueKey.OnConflict onConflict) {
        return JobDraft.job(QUEUE, id)
                .unique("k", UniqueKey.Until.END, onConflict)
                .build();
    }

    @Test
    void payloadMayHaveAsManyBytesAsTheLimitSays() {
        ask(queue.enqueue(job("ascii", "\"12345678\"", MINUTE, StartTime.NOW)));
        ask(queue.enqueue(job("wide", "\"ääää\"", MINUTE, StartTime.NOW)));

        assertThatThrownBy(() -> queue.enqueue(job("b", "\"123456789\"", MINUTE, StartTime.NOW)))
                .isInstanceOf(PayloadTooLargeException.class)
                .hasMessage("payload has 11 bytes, the limit is 10");
        assertThatThrownBy(() -> queue.enqueue(job("c", "\"€€€\"", MINUTE, StartTime.NOW)))
                .isInstanceOf(PayloadTooLargeException.class)
                .hasMessage("payload has 11 bytes, the limit is 10");
        assertThat(observed).hasSize(4);
    }

    @Test
    void limitsOfTheHouseAreNamedWhenBroken() {
        Duration millisecond = Duration.ofMillis(1);
        Duration tooFar = Duration.ofDays(2).plus(millisecond);
        assertInvalid(
                "timeout is 'PT1H0.001S', but must be at most PT1H",
                job("a", "1", Duration.ofHours(1).plus(millisecond), StartTime.NOW));
        assertInvalid(
                "delay is 'PT48H0.001S', but must be at most PT48H",
                job("a", "1", MINUTE, new StartTime.After(tooFar)));
        assertInvalid(
                "runAt is '2026-01-03T00:00:00.001Z', but must be at most PT48H from now",
                job("a", "1", MINUTE, new StartTime.At(clock.instant().plus(tooFar))));
        assertThat(ask(store.count())).isZero();
    }

    @Test
    void limitsThemselvesAreAllowed() {
        Duration furthest = Duration.ofDays(2);
        ask(queue.enqueue(job("a", "1", Duration.ofHours(1), new StartTime.After(furthest))));
        ask(queue.enqueue(job("b", "1", MINUTE, new StartTime.At(clock.instant().plus(furthest)))));

        assertThat(ask(queue.figures(QUEUE)).counts()).containsEntry(JobState.SCHEDULED, 2L);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> ask(queue.get(QUEUE, ID)))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("queue orders has no job a");
        assertThatThrownBy(() -> ask(queue.cancel(QUEUE, ID))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ask(queue.requeue(QUEUE, ID))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void changeThatTheStateForbidsIsAConflictThatNamesIt() {
        bury("a", "boom");
        assertThatThrownBy(() -> ask(queue.cancel(QUEUE, ID)))
                .isInstanceOf(JobConflictException.class)
                .hasMessage("job a is dead and cannot be cancelled");

        ask(queue.requeue(QUEUE, ID));
        assertThatThrownBy(() -> ask(queue.requeue(QUEUE, ID)))
                .isInstanceOf(JobConflictException.class)
                .hasMessage("job a is ready and cannot be requeued");
    }

    @Test
    void deadJobCanBeRequeuedEachTimeItDies() {
        bury("a", "boom");
        assertThat(ask(queue.requeue(QUEUE, ID)).state()).isEqualTo(JobState.READY);
        settleAsDead("a", "boom");

        assertThat(ask(queue.requeue(QUEUE, ID)).state()).isEqualTo(JobState.READY);
        assertThat(ask(queue.get(QUEUE, ID)).status().errors()).hasSize(2);
    }

    @Test
    void cancelledJobIsAnsweredAsItIs() {
        ask(queue.enqueue(job("a", "1", MINUTE, StartTime.NOW)));
        Job cancelled = ask(queue.cancel(QUEUE, ID));

        assertThat(ask(queue.cancel(QUEUE, ID))).isEqualTo(cancelled).isEqualTo(ask(queue.get(QUEUE, ID)));
    }

    @Test
    void pauseAnswersWithTheFiguresOfTheQueue() {
        ask(queue.enqueue(job("a", "1", MINUTE, StartTime.NOW)));

        assertThat(ask(queue.setPaused(QUEUE, true)).paused()).isTrue();
        assertThat(ask(queue.figures(QUEUE)).paused()).isTrue();
        assertThat(ask(queue.setPaused(QUEUE, false)).paused()).isFalse();
    }

    private void bury(String id, String type) {
        ask(queue.enqueue(job(id, "1", MINUTE, StartTime.NOW)));
        settleAsDead(id, type);
    }

    private void settleAsDead(String id, String type) {
        String token = ids.nextToken();
        ask(store.claim(SomeClaim.of(QUEUE, "worker", token, 1, MINUTE)));
        Lease lease = new Lease(new JobId(id), token);
        assertThat(ask(store.settle(QUEUE, List.of(new Settlement.Fail(lease, type, "", Optional.empty())))))
                .containsExactly(new Settled.Applied(JobState.DEAD));
    }

    private void assertInvalid(String message, NewJob job) {
        assertThatThrownBy(() -> queue.enqueue(job))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    private static NewJob job(String id, String payload, Duration timeout, StartTime start) {
        RetryPolicy once = new RetryPolicy(1, new Backoff.Fixed(MINUTE));
        return new NewJob(
                QUEUE, new JobId(id), new JobSpec(new HandlerName("echo"), new Json(payload), 4, once, timeout), start);
    }

    private static <T> T ask(Uni<T> asked) {
        return asked.await().atMost(MINUTE);
    }
}
