package io.mainstay.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.failover.history.History;
import io.mainstay.failover.history.HistoryChecker;
import io.mainstay.failover.history.Rule;
import io.mainstay.failover.history.Violation;
import io.mainstay.failover.nemesis.RedisClock;
import io.mainstay.machine.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
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
    /** In fewer, nothing has the time to grow. */
    private static final int FAULTS_TO_GROW = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_STUCK = 5;
    private static final int SHOWN = 8;
    private static final int MORE_CONNECTIONS = 4;
    private static final int MORE_THREADS = 10;
    private static final long MORE_HEAP = 20_000_000;

    private final Nemeses nemeses = new Nemeses(NAMES, SEED);
    private final int faults = Integer.getInteger("mainstay.chaos.faults", LONG ? LONG_FAULTS : nemeses.kinds());
    private final ChaosFigures figures = new ChaosFigures();

    @Test
    void nothingIsLostNothingIsStuckNothingGrows(TestReporter reporter) throws InterruptedException {
        if (!RedisClock.installed()) {
            // All other kinds of fault strike.
            reporter.publishEntry(Requirement.MISSING, Requirement.LIBFAKETIME.name());
        }
        System.out.printf("%d faults, -Dmainstay.chaos.seed=%d%n", faults, SEED);
        try (ChaosRun run = new ChaosRun(SEED)) {
            assertThat(run.awaitFlow(Instant.EPOCH, PATIENCE))
                    .as("jobs flow before the first fault")
                    .isPresent();
            Vitals before = null;
            for (int i = 1; i <= faults && figures.stuck().size() < MOST_STUCK; i++) {
                strike(i, run);
                if (i == faults / 10 && faults >= FAULTS_TO_GROW) {
                    before = Vitals.of(run.site());
                }
            }
            History history = run.end(LAST_PATIENCE);
            judge(history);
            if (before != null) {
                assertDidNotGrow(before, Vitals.of(run.site()));
            }
        }
    }

    private void strike(int number, ChaosRun run) throws InterruptedException {
        Nemeses.Next next = nemeses.next();
        String what = "fault %d (%s)".formatted(number, next.drawn().what());
        Instant answerable = next.drawn().strikes().at(run);
        Optional<Duration> resumed = run.awaitFlow(answerable, PATIENCE);
        resumed.ifPresentOrElse(
                after -> figures.resumed(next.kind(), after),
                () -> figures.stuck(next.kind(), what + ": no job begun and done in " + PATIENCE));
        run.repair();
        System.out.printf(
                "%s: %s%n", what, resumed.map(after -> after.toMillis() + " ms").orElse("stuck"));
    }

    private void judge(History history) {
        HistoryChecker.Verdict verdict = HistoryChecker.check(history);
        String sums = ChaosFigures.sums(history, verdict);
        System.out.print(sums);
        System.out.print(figures.table());
        if (System.getProperty("failover.record") != null) {
            ChaosReport.write(faults, nemeses.kinds(), SEED, sums, figures.table());
        }
        assertThat(figures.stuck()).as("stuck, seed %d", SEED).isEmpty();
        ChaosFigures.write(history, verdict);
        assertThat(shown(verdict.violations()))
                .as("%d violations, seed %d, see %s", verdict.violations().size(), SEED, ChaosFigures.VIOLATIONS)
                .isEmpty();
    }

    /** The first ones of each rule. */
    private static List<Violation> shown(List<Violation> violations) {
        return Stream.of(Rule.values())
                .flatMap(rule -> violations.stream()
                        .filter(violation -> violation.rule() == rule)
                        .limit(SHOWN))
                .toList();
    }

    private static void assertDidNotGrow(Vitals before, Vitals after) {
        System.out.printf("before %s, after %s%n", before, after);
        assertThat(after.connections()).as("connections").isLessThanOrEqualTo(before.connections() + MORE_CONNECTIONS);
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + MORE_THREADS);
        assertThat(after.heap()).as("heap").isLessThanOrEqualTo(before.heap() + MORE_HEAP);
    }
}
