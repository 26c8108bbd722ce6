package io.mainstay.job;

import java.util.Objects;

/**
 * A job on its way into a queue. Its id is chosen before it is sent, so that sending it twice makes one job.
 *
 * @param queue where it goes
 * @param id unique within the queue
 * @param spec the job as specified
 * @param start when it becomes due
 * @param durability what must have happened before the enqueue is acknowledged
 * @param idChosen whether the id may come again, because its caller chose it; else it was made for this job alone
 */
public record NewJob(
        QueueName queue, JobId id, JobSpec spec, StartTime start, Durability durability, boolean idChosen) {

    /** With an id that may come again. */
    public NewJob(QueueName queue, JobId id, JobSpec spec, StartTime start, Durability durability) {
        this(queue, id, spec, start, durability, true);
    }

    /** Acknowledged as soon as the store holds it in memory; with an id that may come again. */
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
        return new NewJob(queue, id, traced, start, durability, idChosen);
    }

    /** The same for another queue, or a place of this one. */
    public NewJob in(QueueName place) {
        return new NewJob(place, id, spec, start, durability, idChosen);
    }

    /** The same with a new id. */
    public NewJob withIdOfItsOwn() {
        return new NewJob(queue, id, spec, start, durability, false);
    }

    public NewJob {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(durability, "durability");
    }
}
