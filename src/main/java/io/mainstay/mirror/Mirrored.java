package io.mainstay.mirror;

import io.mainstay.queue.Enqueued;

/**
 * Answer to an enqueue into a mirrored queue.
 *
 * @param side that has the job
 * @param both whether the other store has a copy; else it is away, and hears of the job when it is back
 */
public record Mirrored(Enqueued enqueued, MirrorSide side, boolean both) {}
