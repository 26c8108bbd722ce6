package io.mainstay.failover;

/**
 * A fault, where it happens, and what is promised then.
 *
 * @param perSecond jobs enqueued
 */
record Scenario<S extends Site>(String name, SiteKind<S> where, Fault<S> fault, Limits limits, int perSecond) {

    private static final int USUAL_RATE = 200;

    Scenario(String name, SiteKind<S> where, Fault<S> fault, Limits limits) {
        this(name, where, fault, limits, USUAL_RATE);
    }
}
