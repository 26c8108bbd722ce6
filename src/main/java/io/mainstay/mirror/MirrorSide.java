package io.mainstay.mirror;

import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;

/**
 * One of the two stores of a mirrored queue.
 *
 * @param queue what the queue is called there
 */
public record MirrorSide(MirrorStore store, JobStore jobs, QueueName queue) {}
