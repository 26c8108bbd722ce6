package io.mainstay.failover;

/**
 * A fault, where it happens, and what is promised then.
 *
 * @param perSecond jobs enqueued
 * @param once whether it takes so long that it is not repeated
 */
record Scenario<S extends Site>(
        String name, SiteKind<S> where, Fault<S> fault, Limits limits, int perSecond, boolean once) {

    Scenario(String name, SiteKind<S> where, Fault<S> fault, Limits limits) {
        this(name, where, fault, limits, Scenarios.USUAL, false);
    }
}
