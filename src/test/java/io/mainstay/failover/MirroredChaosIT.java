package io.mainstay.failover;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * As {@link ChaosIT}, with a mirrored queue: each fault strikes one of two stores, some for so long that the other takes over. No acknowledged job is lost, but for those
 * that were in one store alone, as their answer said. With {@code -Pchaos}; properties as there.
 */
@Tag("measuring")
@Tag("chaos")
class MirroredChaosIT {

    private static final long SEED = Long.getLong("mainstay.chaos.seed", new Random().nextLong());
    private static final String NAMES = System.getProperty("mainstay.chaos.nemeses", "");
    private static final int FAULTS = Integer.getInteger("mainstay.chaos.faults", 1000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void nothingIsLostNothingIsStuckNothingGrows(TestReporter reporter) throws InterruptedException {
        Nemeses nemeses = new Nemeses(MirroredNemeses.all(), NAMES, SEED);
        new RandomFaults(ChaosReport.MIRRORED, nemeses, FAULTS, SEED, PATIENCE)
                .strike(() -> MirroredChaosRun.begin(SEED), reporter);
    }
}
