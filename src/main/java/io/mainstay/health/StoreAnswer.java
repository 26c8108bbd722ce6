package io.mainstay.health;

import java.time.Duration;

/** What came of a look at the store. */
sealed interface StoreAnswer {

    /** It answered. */
    record Reached() implements StoreAnswer {}

    /**
     * It failed, or took longer than a probe waits.
     *
     * @param waited at most this long
     */
    record Unreachable(Duration waited) implements StoreAnswer {}
}
