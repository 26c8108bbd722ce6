package io.mainstay.queue.health;

import java.time.Instant;
import java.util.List;

/**
 * The latest recoveries of an instance, the oldest first.
 *
 * @param at what their ages count back from, by the store's clock
 */
public record RecoveryList(Instant at, List<Recovery> recoveries) {

    public static final RecoveryList NONE = new RecoveryList(Instant.EPOCH, List.of());

    public RecoveryList {
        recoveries = List.copyOf(recoveries);
    }
}
