package io.mainstay.queue;

import io.mainstay.job.Backoff;
import io.mainstay.job.Deadline;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobId;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueKey;
import java.time.Duration;

/** Spells out only what a test cares about of a job. */
public record JobDraft(
        QueueName queue,
        JobId id,
        StartTime start,
        int priority,
        int maxAttempts,
        JobOptions options,
        HandlerName handler,
        Json payload) {

    private static final HandlerName HANDLER = new HandlerName("echo");
    private static final Json PAYLOAD = new Json("{\"n\":1}");

    /** Due at once, priority 4, three attempts. */
    public static JobDraft job(QueueName queue, String id) {
        return new JobDraft(queue, new JobId(id), StartTime.NOW, 4, 3, JobOptions.NONE, HANDLER, PAYLOAD);
    }

    public JobDraft after(Duration delay) {
        return starting(new StartTime.After(delay));
    }

    public JobDraft starting(StartTime when) {
        return new JobDraft(queue, id, when, priority, maxAttempts, options, handler, payload);
    }

    public JobDraft priority(int value) {
        return new JobDraft(queue, id, start, value, maxAttempts, options, handler, payload);
    }

    public JobDraft maxAttempts(int value) {
        return new JobDraft(queue, id, start, priority, value, options, handler, payload);
    }

    public JobDraft unique(String key, UniqueKey.Until until, UniqueKey.OnConflict onConflict) {
        UniqueKey unique = new UniqueKey(key, until, onConflict);
        return with(new JobOptions(options.trace(), unique, options.expiresIn(), options.group(), options.deadline()));
    }

    public JobDraft expiresIn(Duration duration) {
        return with(new JobOptions(options.trace(), options.unique(), duration, options.group(), options.deadline()));
    }

    public JobDraft handledBy(String name) {
        return new JobDraft(queue, id, start, priority, maxAttempts, options, new HandlerName(name), payload);
    }

    /** With a payload of so many bytes. */
    public JobDraft ofBytes(int bytes) {
        Json filled = new Json("\"" + "x".repeat(bytes - 2) + "\"");
        return new JobDraft(queue, id, start, priority, maxAttempts, options, handler, filled);
    }

    public JobDraft group(String id) {
        return with(new JobOptions(
                options.trace(), options.unique(), options.expiresIn(), new JobGroup(id, false), options.deadline()));
    }

    public JobDraft inOrderOf(String id) {
        return with(new JobOptions(
                options.trace(), options.unique(), options.expiresIn(), new JobGroup(id, true), options.deadline()));
    }

    public JobDraft deadline(Deadline deadline) {
        return with(new JobOptions(options.trace(), options.unique(), options.expiresIn(), options.group(), deadline));
    }

    public JobDraft within(Duration duration) {
        return deadline(new Deadline.Within(duration));
    }

    /** Of that handler, its work goes there. */
    public JobDraft goingTo(String name, String target) {
        JobDraft handled = handledBy(name);
        return new JobDraft(
                queue, id, start, priority, maxAttempts, aimed(options, target), handled.handler(), payload);
    }

    private JobDraft with(JobOptions others) {
        return new JobDraft(queue, id, start, priority, maxAttempts, aimed(others, options.target()), handler, payload);
    }

    private static JobOptions aimed(JobOptions from, String target) {
        return new JobOptions(from.trace(), from.unique(), from.expiresIn(), from.group(), from.deadline(), target);
    }

    public NewJob build() {
        RetryPolicy retry = new RetryPolicy(maxAttempts, new Backoff.Fixed(Duration.ofSeconds(1)));
        JobSpec spec = new JobSpec(handler, payload, priority, retry, Duration.ofMinutes(5), options);
        return new NewJob(queue, id, spec, start);
    }
}
