package io.mainstay.queue;

import io.mainstay.job.Job;

/** Answer to an enqueue. */
public sealed interface Enqueued {

    Job job();

    /** The job is new. */
    record Created(Job job) implements Enqueued {}

    /** The queue had a job with that id already; it is unchanged. */
    record Existing(Job job) implements Enqueued {}
}
