package io.mainstay.health;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one look.
 *
 * @param excuse why there need not be progress at present
 * @param worst of the stalls, the one that has lasted longest
 */
record StallReport(Optional<String> excuse, Optional<Stall> worst) {

    static final StallReport NOTHING_YET = new StallReport(Optional.empty(), Optional.empty());

    Duration lasting() {
        return worst.map(Stall::lasting).orElse(Duration.ZERO);
    }
}
