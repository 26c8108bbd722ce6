package io.mainstay.health;

import java.time.Duration;

/** What was last seen of one store, for metrics. Thread-safe; reads never wait. */
public interface StoreStatus {

    String name();

    /** Whether it answered when last asked, and took the latest canary if there are any. */
    boolean takesJobs();

    /** How long ago a canary job last went the whole way through it. */
    Duration canaryAge();
}
