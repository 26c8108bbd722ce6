package io.mainstay.failover;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random faults, one after the other, under a steady flow of jobs of durability replica; what callers, handlers and Redis
 * saw is held against the rules of {@code history}. Each kind of fault once by default, 1000 faults with {@code -Pchaos};
 * {@code -Dmainstay.chaos.faults} says how many, {@code -Dmainstay.chaos.nemeses} which, {@code -Dmainstay.chaos.seed}
 * repeats a run.
 */
@Tag("measuring")
class ChaosIT {

    private static final boolean LONG = Boolean.getBoolean("mainstay.chaos");
    private static final long SEED = Long.getLong("mainstay.chaos.seed", new Random().nextLong());
    private static final String NAMES = System.getProperty("mainstay.chaos.nemeses", "");
    private static final int LONG_FAULTS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void nothingIsLostNothingIsStuckNothingGrows(TestReporter reporter) throws InterruptedException {
        Nemeses nemeses = new Nemeses(NAMES, SEED);
        int faults = Integer.getInteger("mainstay.chaos.faults", LONG ? LONG_FAULTS : nemeses.kinds());
        new RandomFaults(ChaosReport.ONE_REDIS, nemeses, faults, SEED, PATIENCE)
                .strike(() -> new ChaosRun(SEED), reporter);
    }
}
