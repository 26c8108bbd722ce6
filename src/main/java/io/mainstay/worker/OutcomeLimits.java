package io.mainstay.worker;

/**
 * What outcomes of handlers are held to.
 *
 * @param maxResult largest result, in bytes of its JSON text
 * @param maxSnoozes how often a job may ask to be run again later
 */
record OutcomeLimits(long maxResult, int maxSnoozes) {}
