package io.mainstay.queue;

import java.time.Duration;
import java.util.List;

/**
 * What is deleted from a queue, and when it is checked again.
 *
 * @param retentions at most one for each state
 * @param interval between two looks while jobs end
 * @param forgetAfter how long it has had no jobs, limits or pauses when it is forgotten
 */
public record Pruning(List<Retention> retentions, Duration interval, Duration forgetAfter) {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration FORGET_AFTER = Duration.ofDays(1);

    /** As configured by default. */
    public static Pruning of(Retention retention) {
        return new Pruning(List.of(retention), INTERVAL, FORGET_AFTER);
    }
}
