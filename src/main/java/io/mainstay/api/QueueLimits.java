package io.mainstay.api;

import java.util.OptionalLong;

/**
 * What a queue is to be held to.
 *
 * @param maxWaiting how many jobs may be ready or scheduled; empty for the default
 */
record QueueLimits(OptionalLong maxWaiting) {}
