package io.mainstay.workers;

import io.mainstay.queue.health.HealthReport;
import io.mainstay.queue.health.InstanceHealth;
import io.mainstay.queue.health.Recovery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What this instance says of its health. Recoveries are only said if the store may not know them: there are other ones, or nothing was heard of this instance for
 * so long that it is forgotten. Thread-safe.
 */
@Singleton
class OwnRecoveries {

    /** In a call that takes longer, their moments may be off by as much, so they are said once more. */
    private static final Duration PROMPT = Duration.ofMillis(500);

    private final HealthReport report;
    private final LongSupplier nanoTime;
    private long written;
    private long heardAt;
    private long saidAt;
    private long said;

    @Inject
    OwnRecoveries(HealthReport report) {
        this(report, System::nanoTime);
    }

    OwnRecoveries(HealthReport report, LongSupplier nanoTime) {
        this.report = report;
        this.nanoTime = nanoTime;
        this.written = report.version();
        this.heardAt = nanoTime.getAsLong() - OwnWorkers.KNOWN_FOR.toNanos();
    }

    InstanceHealth health() {
        return report.now();
    }

    /** Those to be said now. */
    synchronized Optional<List<Recovery>> news() {
        said = report.version();
        saidAt = nanoTime.getAsLong();
        boolean known = said == written && saidAt - heardAt < OwnWorkers.KNOWN_FOR.toNanos();
        return known ? Optional.empty() : Optional.of(report.recoveries()).filter(all -> !all.isEmpty());
    }

    /** The store has taken what was said last. */
    synchronized void heard() {
        heardAt = nanoTime.getAsLong();
        if (heardAt - saidAt < PROMPT.toNanos()) {
            written = said;
        }
    }
}
