package io.mainstay.worker;

import io.mainstay.queue.Settlement;
import java.time.Duration;

/** A report on its way to the store. Loop only. */
final class PendingReport {

    final Attempt attempt;
    final Settlement settlement;
    final Duration ran;
    /** Whether it was sent before, without an answer. */
    boolean sent;

    PendingReport(Attempt attempt, Settlement settlement) {
        this.attempt = attempt;
        this.settlement = settlement;
        this.ran = attempt.ran();
    }
}
