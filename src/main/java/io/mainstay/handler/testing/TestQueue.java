package io.mainstay.handler.testing;

import io.mainstay.handler.Handler;
import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A queue in memory, for tests of several jobs and attempts: enqueue, then {@link #drain}. Jobs run one after the
 * other, by priority, then in order of arrival. It has a clock of its own: nothing waits, a retry or a delay moves the
 * clock forward.
 *
 * <p>It knows ids, priorities, delays, retries with their backoff, snoozes and cancels. What else a service can do for a job (unique
 * keys, groups, expiry, deadlines, limits, flows) it refuses or lacks; use {@code @QuarkusTest} for those. Not thread-safe.
 */
public final class TestQueue {

    /** A job may snooze, but not forever. */
    private static final int MOST_RUNS_OF_A_JOB = 100;

    private static final int MIDDLE_PRIORITY = 4;
    private static final RetryPolicy RETRY =
            new RetryPolicy(10, new Backoff.Exponential(Duration.ofSeconds(1), Duration.ofHours(1)));
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Map<HandlerName, Handler> handlers = new HashMap<>();
    private final Map<JobId, StoredJob> jobs = new LinkedHashMap<>();
    private final QueueName name;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** The queue {@code test}. */
    public TestQueue() {
        this(new QueueName("test"));
    }

    public TestQueue(QueueName name) {
        this.name = name;
    }

    /** Runs jobs of that handler. */
    public TestQueue handler(String handler, Handler code) {
        handlers.put(new HandlerName(handler), code);
        return this;
    }

    /**
     * Enqueues a job with the service's defaults.
     *
     * @param payload JSON text
     */
    public JobId enqueue(String handler, String payload) {
        JobSpec spec = new JobSpec(new HandlerName(handler), new Json(payload), MIDDLE_PRIORITY, RETRY, TIMEOUT);
        JobId id = new JobId("test-" + (jobs.size() + 1));
        return enqueue(new NewJob(name, id, spec, StartTime.NOW));
    }

    /**
     * Enqueues a job, unless there is one with that id.
     *
     * @throws IllegalArgumentException if it is of another queue, its handler is unknown here, or it has options
     */
    public JobId enqueue(NewJob job) {
        refuseUnless(job.queue().equals(name), "this is the queue " + name + ", not " + job.queue());
        HandlerName handler = job.spec().handler();
        refuseUnless(handlers.containsKey(handler), "no handler '" + handler + "' here, only " + handlers.keySet());
        refuseUnless(job.spec().options().equals(JobOptions.NONE), "a TestQueue has no options of jobs");
        jobs.computeIfAbsent(job.id(), id -> new StoredJob(job, now));
        return job.id();
    }

    /** Runs jobs until all have ended, moving the clock forward as needed. */
    public void drain() {
        int left = mostRuns();
        for (Optional<StoredJob> next = next(); next.isPresent(); next = next()) {
            if (left-- == 0) {
                throw new IllegalStateException(
                        "not drained after %d runs: does a job snooze endlessly?".formatted(mostRuns()));
            }
            now = now.isBefore(next.get().dueAt()) ? next.get().dueAt() : now;
            run(next.get());
        }
    }

    /** Runs the jobs that are due now; what they postpone is left for later. */
    public void runDue() {
        int left = mostRuns();
        for (Optional<StoredJob> next = next();
                next.isPresent() && !next.get().dueAt().isAfter(now);
                next = next()) {
            if (left-- == 0) {
                throw new IllegalStateException(
                        "jobs are still due after %d runs: is one released endlessly?".formatted(mostRuns()));
            }
            run(next.get());
        }
    }

    /** Moves the clock forward. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    /** The current time for jobs. */
    public Instant now() {
        return now;
    }

    /**
     * Cancels a job that has not ended.
     *
     * @throws IllegalArgumentException if there is no such job, or it has ended
     */
    public void cancel(JobId id) {
        stored(id).cancel(now);
    }

    /** @throws IllegalArgumentException if there is no such job */
    public Job job(JobId id) {
        return stored(id).job();
    }

    /** All jobs in that state, in the order they came. */
    public List<Job> jobs(JobState state) {
        return jobs.values().stream()
                .map(StoredJob::job)
                .filter(job -> job.state() == state)
                .toList();
    }

    private int mostRuns() {
        return MOST_RUNS_OF_A_JOB * (jobs.size() + 1);
    }

    /** The one that is to run next, due or not: of those due the first by priority, else the one that is due first. */
    private Optional<StoredJob> next() {
        Comparator<StoredJob> byTurn = Comparator.<StoredJob, Instant>comparing(
                        job -> job.dueAt().isAfter(now) ? job.dueAt() : now)
                .thenComparing(job -> -job.priority());
        return jobs.values().stream().filter(StoredJob::waits).min(byTurn);
    }

    private void run(StoredJob stored) {
        TestJob attempt = stored.begin(now);
        JobRun run = attempt.run(handlers.get(stored.job().spec().handler()));
        stored.end(run, now);
    }

    private StoredJob stored(JobId id) {
        StoredJob stored = jobs.get(id);
        refuseUnless(stored != null, "no job " + id);
        return stored;
    }

    private static void refuseUnless(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException(message);
        }
    }
}
