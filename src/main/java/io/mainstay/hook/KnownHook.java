package io.mainstay.hook;

import java.time.Instant;

/**
 * A hook as it is kept.
 *
 * @param change the token of the change that made it what it is
 * @param disabledAt since when nothing is sent to it, as its receiver answered 410; null if it is enabled
 */
public record KnownHook(Hook hook, String change, Instant disabledAt) {

    boolean enabled() {
        return disabledAt == null;
    }
}
