package io.mainstay.health;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one look.
 *
 * @param excuse why there need not be progress at present
 * @param worst of the symptoms, the one that has lasted longest
 */
record Finding(Optional<String> excuse, Optional<Symptom> worst) {

    static final Finding NOTHING_YET = new Finding(Optional.empty(), Optional.empty());

    Duration lasting() {
        return worst.map(Symptom::lasting).orElse(Duration.ZERO);
    }
}
