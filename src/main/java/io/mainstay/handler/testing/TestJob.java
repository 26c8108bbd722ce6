package io.mainstay.handler.testing;

import io.mainstay.handler.Handler;
import io.mainstay.job.Bounds;
import io.mainstay.job.JobId;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * One job for a handler under test. Immutable.
 *
 * <pre>{@code
 * JobRun run = TestJob.of("{\"name\": \"Ada\"}").attempt(3).run(handler);
 * }</pre>
 *
 * @param queue which it is in
 * @param id within its queue
 * @param payload what the handler receives
 * @param starts which attempt is run, from 1, and how often the job was claimed before
 * @param maxAttempts the last attempt's number
 * @param timeout how long the attempt may run, more than zero
 */
public record TestJob(
        QueueName queue, JobId id, Json payload, JobStatus.Starts starts, int maxAttempts, Duration timeout) {

    private static final QueueName QUEUE = new QueueName("test");
    private static final JobId ID = new JobId("test-1");
    private static final int MAX_ATTEMPTS = 10;
    /** Shorter than the service's: a handler that hangs should not hold up a build for long. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    public TestJob {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(payload, "payload");
        Bounds.between("maxAttempts", maxAttempts, 1, RetryPolicy.MOST_ATTEMPTS);
        Bounds.between("attempt", starts.attempt(), 1, maxAttempts);
        Bounds.between("timeout", timeout, Duration.ofNanos(1), Duration.ofDays(366));
    }

    /** The first of ten attempts of the job {@code test-1} in the queue {@code test}; it may take 30 s. */
    public static TestJob of(Json payload) {
        return new TestJob(QUEUE, ID, payload, starts(1), MAX_ATTEMPTS, TIMEOUT);
    }

    /** @param payload JSON text */
    public static TestJob of(String payload) {
        return of(new Json(payload));
    }

    public TestJob queue(String name) {
        return new TestJob(new QueueName(name), id, payload, starts, maxAttempts, timeout);
    }

    public TestJob id(String value) {
        return new TestJob(queue, new JobId(value), payload, starts, maxAttempts, timeout);
    }

    /** The attempt that is run; there are as many in all as there were, or that many. */
    public TestJob attempt(int number) {
        return new TestJob(queue, id, payload, starts(number), Math.max(maxAttempts, number), timeout);
    }

    /** The last attempt, so that a failure is final. */
    public TestJob lastAttempt() {
        return new TestJob(queue, id, payload, starts(maxAttempts), maxAttempts, timeout);
    }

    public TestJob timeout(Duration limit) {
        return new TestJob(queue, id, payload, starts, maxAttempts, limit);
    }

    int attempt() {
        return starts.attempt();
    }

    private static JobStatus.Starts starts(int attempt) {
        return new JobStatus.Starts(attempt, attempt, 0);
    }

    /** Runs it through a handler, to its end or its time-out. */
    public JobRun run(Handler handler) {
        return start(handler).await();
    }

    /** Starts it on a thread of its own, so that the test can cancel it meanwhile. */
    public RunningJob start(Handler handler) {
        return RunningJob.start(this, handler);
    }
}
