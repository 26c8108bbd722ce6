package io.mainstay.failover;

import java.time.Instant;

/** Something that goes wrong, and what is repaired of it from outside. */
@FunctionalInterface
interface Fault<S extends Site> {

    /** Strikes, waits as long as the fault lasts, and returns the time from which on Redis can answer. */
    Instant strike(Trial<S> trial) throws InterruptedException;
}
