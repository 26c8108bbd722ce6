package io.mainstay.queue;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.places.KeptIn;
import java.util.Optional;

/** Answer of a store to an enqueue. */
public sealed interface Enqueued {

    /**
     * The job that is in the queue now.
     *
     * @throws MainstayException that says why there is none
     */
    Job job();

    /**
     * The id that stands for what was asked.
     *
     * @throws MainstayException that says why there is none
     */
    default JobId id() {
        return job().id();
    }

    /** Which of two stores have it; empty if its queue is not critical, or nothing is there. */
    default Optional<KeptIn> keptIn() {
        return Optional.empty();
    }

    /** The same, of a critical queue. */
    default Enqueued in(KeptIn stores) {
        return this;
    }

    /**
     * The job is new.
     *
     * @param replaced the job that was cancelled for it, because it held the unique key, or null
     */
    record Created(Job job, Job replaced, Optional<KeptIn> keptIn) implements Enqueued {

        public Created(Job job) {
            this(job, null);
        }

        public Created(Job job, Job replaced) {
            this(job, replaced, Optional.empty());
        }

        @Override
        public Enqueued in(KeptIn stores) {
            return new Created(job, replaced, Optional.of(stores));
        }
    }

    /** The queue had a job with that id already, or one that keeps the same unique key; it is unchanged. */
    record Existing(Job job, Optional<KeptIn> keptIn) implements Enqueued {

        public Existing(Job job) {
            this(job, Optional.empty());
        }

        @Override
        public Enqueued in(KeptIn stores) {
            return new Existing(job, Optional.of(stores));
        }
    }

    /**
     * The queue had a job with that id, which has ended and was deleted; nothing was added.
     *
     * @param state in which it ended
     */
    record Deleted(QueueName queue, JobId id, JobState state) implements Enqueued {
        @Override
        public Job job() {
            throw NotFoundException.job(queue, id);
        }
    }

    /**
     * That place takes no new jobs from those who know no later epoch: the queue is laid out in another way by now. Nothing was added. Only of
     * {@link JobStore#enqueue(io.mainstay.job.NewJob, io.mainstay.queue.places.Admission)}.
     */
    record Moved(QueueName place, long epoch) implements Enqueued {
        @Override
        public Job job() {
            throw new StoreUnavailableException("the parts of queue " + place + " change", null);
        }
    }

    /** The job was to follow others, and there is none of them in that place, nor one of its id. Nothing was added. */
    record NotHere(QueueName place) implements Enqueued {
        @Override
        public Job job() {
            throw new IllegalStateException("a job that was to follow others of " + place + " was not added");
        }
    }

    /**
     * The job was not added.
     *
     * @param reason a {@link io.mainstay.job.UniqueConflictException}, {@link io.mainstay.job.QueueFullException} or {@link
     *     io.mainstay.job.QueueConflictException}
     */
    record Refused(MainstayException reason) implements Enqueued {
        @Override
        public Job job() {
            throw reason;
        }
    }
}
