package io.mainstay.job;

import java.util.Objects;

/**
 * A job on its way into a queue. Its id is chosen before it is sent, so that sending it twice makes one job.
 *
 * @param queue where it goes
 * @param id unique within the queue
 * @param spec what is to be done
 * @param start when it becomes due
 * @param durability what must have happened before the enqueue is acknowledged
 */
public record NewJob(QueueName queue, JobId id, JobSpec spec, StartTime start, Durability durability) {

    /** Acknowledged as soon as the store holds it in memory. */
    public NewJob(QueueName queue, JobId id, JobSpec spec, StartTime start) {
        this(queue, id, spec, start, Durability.MEMORY);
    }

    /** The same with another trace. */
    public NewJob withTrace(TraceParent trace) {
        JobSpec traced = new JobSpec(
                spec.handler(),
                spec.payload(),
                spec.priority(),
                spec.retry(),
                spec.timeout(),
                spec.options().withTrace(trace));
        return new NewJob(queue, id, traced, start, durability);
    }

    public NewJob {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(durability, "durability");
    }
}
