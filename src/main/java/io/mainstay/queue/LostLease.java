package io.mainstay.queue;

import io.mainstay.job.Lease;

/**
 * A lease that its holder has no more.
 *
 * @param cancelled whether that is because the job was cancelled; if not, it ran out or the job has ended under it
 */
public record LostLease(Lease lease, boolean cancelled) {}
