package io.mainstay.http;

import io.mainstay.handler.JobContext;
import io.mainstay.job.JobId;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The second attempt of three.
 *
 * @param failures types of those of earlier attempts
 */
record SomeAttempt(Json payload, Duration timeLeft, List<String> said, List<String> failures) implements JobContext {

    SomeAttempt(Json payload, Duration timeLeft) {
        this(payload, timeLeft, new CopyOnWriteArrayList<>(), List.of());
    }

    SomeAttempt after(String... types) {
        return new SomeAttempt(payload, timeLeft, said, List.of(types));
    }

    @Override
    public void outlastTimeout(Duration by) {
        said.add("outlasts its time-out by " + by);
    }

    @Override
    public JobId id() {
        return new JobId("job-1");
    }

    @Override
    public QueueName queue() {
        return new QueueName("mail");
    }

    @Override
    public JobStatus.Starts starts() {
        return new JobStatus.Starts(2, 5, 1);
    }

    @Override
    public int maxAttempts() {
        return 3;
    }

    @Override
    public Optional<TraceParent> trace() {
        return Optional.of(new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void progress(int percent, String note) {
        said.add(percent + "% " + note);
    }

    @Override
    public void log(String line) {
        said.add(line);
    }
}
