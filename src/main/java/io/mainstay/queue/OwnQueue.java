package io.mainstay.queue;

import io.mainstay.job.QueueName;

/**
 * The private queue of this process: whoever enqueues there knows that no other instance will run the job.
 *
 * @param name made anew at each start
 */
public record OwnQueue(QueueName name) {}
