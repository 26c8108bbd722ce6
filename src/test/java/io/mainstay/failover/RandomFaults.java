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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;

/** Strikes one fault after the other, and judges what was seen. */
final class RandomFaults {

    /** In fewer, nothing has the time to grow. */
    private static final int FAULTS_TO_GROW = 100;

    private static final Duration LAST_PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_STUCK = 5;
    private static final int SHOWN = 8;
    private static final int MORE_CONNECTIONS = 4;
    private static final int MORE_THREADS = 10;
    private static final long MORE_HEAP = 20_000_000;

    private final ChaosReport report;
    private final Nemeses nemeses;
    private final int faults;
    private final long seed;
    private final Duration patience;
    private final ChaosFigures figures = new ChaosFigures();

    /** @param patience until a job is done that was sent when Redis could answer */
    RandomFaults(ChaosReport report, Nemeses nemeses, int faults, long seed, Duration patience) {
        this.report = report;
        this.nemeses = nemeses;
        this.faults = faults;
        this.seed = seed;
        this.patience = patience;
    }

    void strike(Supplier<ChaosRun> begin, TestReporter reporter) throws InterruptedException {
        if (!RedisClock.installed()) {
            // All other kinds of fault strike.
            reporter.publishEntry(Requirement.MISSING, Requirement.LIBFAKETIME.name());
        }
        System.out.printf("%d faults, -Dmainstay.chaos.seed=%d%n", faults, seed);
        try (ChaosRun run = begin.get()) {
            assertThat(run.awaitFlow(Instant.EPOCH, patience))
                    .as("jobs flow before the first fault")
                    .isPresent();
            Vitals before = null;
            for (int i = 1; i <= faults && figures.stuck().size() < MOST_STUCK; i++) {
                strike(i, run);
                if (i == faults / 10 && faults >= FAULTS_TO_GROW) {
                    before = Vitals.of(run.home());
                }
            }
            judge(run.end(LAST_PATIENCE, wrong -> figures.stuck("at the end", wrong)));
            if (before != null) {
                assertDidNotGrow(before, Vitals.of(run.home()));
            }
        }
    }

    private void strike(int number, ChaosRun run) throws InterruptedException {
        Nemeses.Next next = nemeses.next();
        String what = "fault %d (%s)".formatted(number, next.drawn().what());
        run.prepare(next.kind());
        Instant answerable = next.drawn().strikes().at(run);
        Optional<Duration> resumed = run.awaitFlow(answerable, patience);
        resumed.ifPresentOrElse(
                after -> figures.resumed(next.kind(), after),
                () -> figures.stuck(next.kind(), what + ": no job begun and done in " + patience));
        run.repair();
        run.heal().ifPresent(wrong -> figures.stuck(next.kind(), what + ": " + wrong));
        System.out.printf(
                "%s: %s%n", what, resumed.map(after -> after.toMillis() + " ms").orElse("stuck"));
    }

    private void judge(History history) {
        HistoryChecker.Verdict verdict = HistoryChecker.check(history);
        String sums = report.sums(history, verdict);
        System.out.print(sums);
        System.out.print(figures.table());
        if (System.getProperty("failover.record") != null) {
            report.write(faults, nemeses.kinds(), seed, sums, figures.table());
        }
        ChaosFigures.write(history, verdict);
        assertThat(figures.stuck()).as("stuck, seed %d", seed).isEmpty();
        assertThat(shown(verdict.violations()))
                .as("%d violations, seed %d, see %s", verdict.violations().size(), seed, ChaosFigures.VIOLATIONS)
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
