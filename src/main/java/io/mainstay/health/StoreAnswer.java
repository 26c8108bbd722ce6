package io.mainstay.health;

import java.time.Duration;
import java.util.List;

/** What came of a look at the store. */
sealed interface StoreAnswer {

    /**
     * It answered, or a part of it did.
     *
     * @param silent the shards that did not
     */
    record Reached(List<String> silent) implements StoreAnswer {}

    /**
     * It failed, or took longer than a probe waits.
     *
     * @param waited at most this long
     */
    record Unreachable(Duration waited) implements StoreAnswer {}
}
