package io.mainstay.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the watchdog found when it last looked, for metrics. Thread-safe; reads never wait. */
public interface WatchdogStatus {

    /** Whether this instance makes progress, or has a reason not to. */
    boolean alive();

    /** For how long it has made none without a reason; a few seconds mean nothing. */
    Duration stalledFor();

    /** What is wrong, if it has been for long enough to heal. */
    Optional<StallReason> reason();

    /** Whether readiness should be up: a store answered when last asked, and shutdown has not begun. */
    boolean ready();

    /** How long ago a canary job last went the whole way. */
    Duration canaryAge();

    /** What was seen of each store, the first one first. */
    List<StoreStatus> stores();
}
