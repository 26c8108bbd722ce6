package io.mainstay.handler;

import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import java.time.Duration;
import java.util.Optional;

/** What a handler gets to know about the attempt it runs. Valid until the attempt ends. Thread-safe. */
public interface JobContext {

    JobId id();

    QueueName queue();

    /** The payload as it was enqueued. */
    Json payload();

    /** Which attempt this is, from 1. */
    int attempt();

    /** The last attempt's number; when {@link #attempt()} reaches it, a failure is final. */
    int maxAttempts();

    /** Time left until this attempt is stopped; zero when it is over. */
    Duration timeLeft();

    /** Whether the attempt should stop: time-out, lost lease, cancelled job or shutdown. */
    boolean cancelled();

    /** The same for every attempt of this job, different for every other job. */
    default String idempotencyKey() {
        return queue() + "/" + id();
    }

    /**
     * Where in a trace this attempt stands, to be passed on to those it calls; with traces off, what whoever enqueued the
     * job sent. Empty if there is neither.
     */
    default Optional<TraceParent> trace() {
        return Optional.empty();
    }

    /**
     * Tells how far the attempt has come. It stays with this attempt, in memory: whoever reads the job does not see it
     * yet.
     *
     * @param percent 0 to 100
     * @throws io.mainstay.job.InvalidValueException if it is not
     */
    void progress(int percent);
}
