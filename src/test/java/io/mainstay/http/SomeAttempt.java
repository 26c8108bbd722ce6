package io.mainstay.http;

import io.mainstay.handler.JobContext;
import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import java.time.Duration;

/** The second attempt of three. */
record SomeAttempt(Json payload, Duration timeLeft) implements JobContext {

    @Override
    public JobId id() {
        return new JobId("job-1");
    }

    @Override
    public QueueName queue() {
        return new QueueName("mail");
    }

    @Override
    public int attempt() {
        return 2;
    }

    @Override
    public int maxAttempts() {
        return 3;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void progress(int percent) {}
}
