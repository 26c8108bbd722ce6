package io.mainstay.mirror;

import io.mainstay.queue.Enqueued;

/**
 * Answer to an enqueue into a mirrored queue.
 *
 * @param both whether both stores have the job; else the other one is away, and hears of it when it is back
 */
public record Mirrored(Enqueued enqueued, boolean both) {}
