package io.mainstay.mirror;

/**
 * What a store did that gave up what it has of a queue.
 *
 * @param copies how many jobs became copies
 * @param running how many of these ran there: they started in the other store as well
 */
public record GivenUp(int copies, int running) {}
