package io.mainstay.queue;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import java.time.Duration;

/** Spells out only what a test cares about of a job. */
public record JobDraft(QueueName queue, JobId id, StartTime start, int priority, int maxAttempts) {

    private static final HandlerName HANDLER = new HandlerName("echo");
    private static final Json PAYLOAD = new Json("{\"n\":1}");

    /** Due at once, priority 4, three attempts. */
    public static JobDraft job(QueueName queue, String id) {
        return new JobDraft(queue, new JobId(id), StartTime.NOW, 4, 3);
    }

    public JobDraft after(Duration delay) {
        return starting(new StartTime.After(delay));
    }

    public JobDraft starting(StartTime when) {
        return new JobDraft(queue, id, when, priority, maxAttempts);
    }

    public JobDraft priority(int value) {
        return new JobDraft(queue, id, start, value, maxAttempts);
    }

    public JobDraft maxAttempts(int value) {
        return new JobDraft(queue, id, start, priority, value);
    }

    public NewJob build() {
        RetryPolicy retry = new RetryPolicy(maxAttempts, new Backoff.Fixed(Duration.ofSeconds(1)));
        return new NewJob(queue, id, new JobSpec(HANDLER, PAYLOAD, priority, retry, Duration.ofMinutes(5)), start);
    }
}
