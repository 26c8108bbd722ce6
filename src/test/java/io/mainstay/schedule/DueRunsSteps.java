package io.mainstay.schedule;

import io.mainstay.job.Backoff;
import io.mainstay.job.Durability;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.ScheduleName;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.TwinQueues;
import io.mainstay.queue.handlers.HandlerDeclarations;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Instances on the twins of the stores; the clock stands at 2026-01-01T00:00:00Z. */
abstract class DueRunsSteps {

    static final Duration ANSWER_DEADLINE = Duration.ofSeconds(30);
    static final QueueName QUEUE = new QueueName("reports");
    static final Misfire ALL = new Misfire(Misfire.Policy.ALL, Misfire.MOST);

    final TestClock clock = new TestClock();
    final InMemoryJobStore jobs = new InMemoryJobStore(clock);
    final InMemoryScheduleStore schedules = new InMemoryScheduleStore(clock);
    final JobIds ids = new JobIds();
    final DueRuns one = instance(schedules);
    final DueRuns other = instance(schedules);

    /** Fails calls before or after they did what they do. */
    record FlakySchedules(InMemoryScheduleStore store, Predicate<String> fails) implements ScheduleStoreWrapper {

        @Override
        public <T> Uni<T> around(String call, Uni<T> answer) {
            if (fails.test(call)) {
                return Uni.createFrom().failure(new IllegalStateException(call + " was not sent"));
            }
            return answer.invoke(() -> {
                if (fails.test("answer of " + call)) {
                    throw new IllegalStateException("the answer of " + call + " was lost");
                }
            });
        }
    }

    DueRuns instance(ScheduleStore store) {
        return instance(store, jobs);
    }

    DueRuns instance(ScheduleStore store, JobStore jobs) {
        SchedulesConfig config = new SmallRyeConfigBuilder()
                .withMapping(SchedulesConfig.class)
                .build()
                .getConfigMapping(SchedulesConfig.class);
        return new DueRuns(store, TwinQueues.on(jobs, clock), HandlerDeclarations.NONE, ids, config);
    }

    Optional<Duration> look(DueRuns runs) {
        return runs.look().onFailure().recoverWithItem(Optional.empty()).await().atMost(ANSWER_DEADLINE);
    }

    void put(String name, String cron, Misfire misfire) {
        put(name, spec(cron, misfire, Duration.ofMinutes(5)));
    }

    void put(String name, ScheduleSpec spec) {
        Optional<Instant> run = Recurrence.of(spec.timing()).after(clock.instant());
        NextRun next = new NextRun(run, clock.instant());
        schedules
                .put(new ScheduleName(name), spec, next, ids.nextToken(), 1000)
                .await()
                .atMost(ANSWER_DEADLINE);
    }

    static ScheduleSpec spec(String cron, Misfire misfire, Duration timeout) {
        Timing timing = new Timing(cron, ZoneId.of("UTC"), Timing.Gap.SHIFT, Timing.Overlap.FIRST);
        JobSpec job = new JobSpec(
                new HandlerName("noop"), Json.NULL, 4, new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO)), timeout);
        return new ScheduleSpec(timing, misfire, QUEUE, job, Durability.MEMORY);
    }

    static ScheduleSpec unique(String cron, UniqueKey.OnConflict onConflict) {
        ScheduleSpec plain = spec(cron, Misfire.DEFAULT, Duration.ofMinutes(5));
        JobSpec job = plain.job();
        JobOptions options =
                new JobOptions(null, new UniqueKey("k", UniqueKey.Until.END, onConflict), null, null, null);
        return new ScheduleSpec(
                plain.timing(),
                plain.misfire(),
                QUEUE,
                new JobSpec(job.handler(), job.payload(), job.priority(), job.retry(), job.timeout(), options),
                plain.durability());
    }

    Schedule schedule(String name) {
        return schedules
                .find(new ScheduleName(name))
                .await()
                .atMost(ANSWER_DEADLINE)
                .schedule()
                .orElseThrow();
    }

    /** Ids of all jobs, in line. */
    List<String> jobs() {
        Optional<String> cursor = Optional.empty();
        Stream<Job> all = Stream.of();
        do {
            var page = jobs.list(
                            QUEUE,
                            new PageRequest(JobState.READY, cursor, PageRequest.MOST),
                            EnumSet.allOf(JobPart.class))
                    .await()
                    .atMost(ANSWER_DEADLINE);
            all = Stream.concat(all, page.jobs().stream());
            cursor = page.next();
        } while (cursor.isPresent());
        return all.map(job -> job.id().value()).toList();
    }
}
