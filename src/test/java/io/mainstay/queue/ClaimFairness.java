package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/**
 * Lines take turns: one that can start a job waits for no more than one turn of each other line, and a turn is no more than an even
 * share of what the claim may start.
 */
final class ClaimFairness {

    private final TwinTurns turns;

    ClaimFairness(TwinTurns turns) {
        this.turns = turns;
    }

    void check(ClaimTaken taken) {
        Set<String> waiting = new HashSet<>(taken.before().startable());
        waiting.retainAll(taken.left());
        waiting.removeAll(taken.lines());
        taken.lines().forEach(turns::forget);
        for (String line : taken.lines()) {
            if (!waiting.isEmpty()) {
                int share = Math.max(1, taken.before().room() / (waiting.size() + 1));
                assertThat(taken.of(line))
                        .as("a turn of line %s while %s waited", line, waiting)
                        .hasSizeLessThanOrEqualTo(share);
            }
            if (taken.startedAnyOf(line)) {
                assertThat(waiting)
                        .as("who waited for a second turn of line %s", line)
                        .allMatch(other -> turns.waitsFor(other, line));
            }
        }
    }

    /** Groups came behind all others, though nothing of them was started. */
    void passedOver(Set<String> groups) {
        groups.forEach(turns::forget);
    }
}
