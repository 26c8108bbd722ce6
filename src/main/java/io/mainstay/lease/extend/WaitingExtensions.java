package io.mainstay.lease.extend;

import io.mainstay.lease.LeasesConfig;
import io.mainstay.queue.DrainedWorkers;
import io.mainstay.rest.WaitPreference;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Has extended leases wait for news, as their worker prefers. Thread-safe. */
@Singleton
final class WaitingExtensions {

    private static final long NANOS_PER_MILLI = 1_000_000;
    /** How far the store's clock may be behind what is counted on from its latest answer. */
    private static final long BEHIND_MS = 25;

    private final LeaseExtensions extensions;
    private final ExtendWaits waits;
    private final DrainedWorkers drained;
    private final LeasesConfig config;

    WaitingExtensions(LeaseExtensions extensions, ExtendWaits waits, DrainedWorkers drained, LeasesConfig config) {
        this.config = config;
        this.extensions = extensions;
        this.waits = waits;
        this.drained = drained;
    }

    /**
     * Waits, if it is wanted and there is nothing to tell yet.
     *
     * @param named what the worker calls itself, or null
     * @param prefer headers of the request
     */
    Uni<Extended> after(Extended extended, String named, List<String> prefer) {
        Duration wanted =
                prefer == null ? Duration.ZERO : WaitPreference.in(prefer).orElse(Duration.ZERO);
        if (wanted.isZero() || !extended.allHeld() || drain(extended, named)) {
            return Uni.createFrom().item(extended);
        }
        String worker = named == null ? extended.worker().orElse(null) : named;
        return waits.await(extended, worker, atMost(extended, wanted)).chain(() -> endThoseWhoseTimeIsOver(extended));
    }

    /** Whether the worker is to take no more jobs. */
    boolean drain(Extended extended, String named) {
        return named == null ? extended.worker().filter(drained::drained).isPresent() : drained.drained(named);
    }

    private Duration atMost(Extended extended, Duration wanted) {
        long now = System.nanoTime();
        long least = Arrays.stream(extended.standings())
                .mapToLong(standing -> mayWait(standing, now))
                .min()
                .orElse(0);
        // Somewhat longer, so that what ends meanwhile has ended by the store's clock, too.
        long most = Math.min(LeasesConfig.bounded(config, wanted).toNanos(), Math.max(0, least));
        return Duration.ofMillis(most / NANOS_PER_MILLI + BEHIND_MS);
    }

    /** Half of a lease is left to its worker, to extend it again; unless it lasts to the end of its attempt, of which it is told in time. */
    private static long mayWait(Standing standing, long now) {
        boolean toTheEnd = standing.overAt() - standing.endsAt() >= 0;
        return toTheEnd ? standing.endsAt() - now : standing.remaining(now).toNanos() / 2;
    }

    private Uni<Extended> endThoseWhoseTimeIsOver(Extended extended) {
        long now = System.nanoTime();
        List<Integer> over = extended.places().stream()
                .filter(place -> extended.standings()[place].held() && extended.standings()[place].endsAt() - now <= 0)
                .toList();
        return over.isEmpty() ? Uni.createFrom().item(extended) : extensions.look(extended, over);
    }
}
