package io.mainstay.lease.claim;

/** Numbers what happens, so that it can be told what came first. Loop only. */
final class EventCount {

    private long latest;

    long next() {
        return ++latest;
    }
}
