package io.mainstay.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.Stalls;
import io.mainstay.machine.TimedTest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Every fault of docs/failover.md, once each by default. {@code -Dmainstay.failover.repetitions=5}, {@code .full=true}
 * (outages in full length) and {@code .only=<regex of names>} are for longer and shorter sittings.
 */
@Tag("measuring")
class FailoverIT {

    /**
     * Continuous integration shares two cores with the service, Redis and everything else; the limits are for a machine
     * that has nothing else to do, and docs/failover.md compares with the limits themselves.
     */
    static final double SLACK = Double.parseDouble(System.getProperty("mainstay.failover.slack", "2"));

    private static final int ATTEMPTS = 3;
    private static final Lab LAB = new Lab();
    private static final Results RESULTS = new Results();

    @TestFactory
    Stream<DynamicTest> processingResumesInTimeAfter(TestReporter reporter) {
        Pattern wanted = Pattern.compile(System.getProperty("mainstay.failover.only", ""));
        int repetitions = Integer.getInteger("mainstay.failover.repetitions", 1);
        return scenarios().stream()
                .filter(scenario -> wanted.matcher(scenario.name()).find())
                .flatMap(scenario -> IntStream.rangeClosed(1, scenario.once() ? 1 : repetitions)
                        .mapToObj(i ->
                                DynamicTest.dynamicTest(scenario.name() + " #" + i, () -> check(scenario, reporter))));
    }

    @AfterAll
    static void tidyUpAndReport() {
        LAB.close();
        if (System.getProperty("failover.record") != null) {
            new Report(new Results()).write(scenarios());
        }
    }

    private static List<Scenario<?>> scenarios() {
        return Scenarios.all(Boolean.getBoolean("mainstay.failover.full"));
    }

    private static <S extends Site> void check(Scenario<S> scenario, TestReporter reporter) {
        Measurement measured = measure(scenario, ATTEMPTS, reporter);
        RESULTS.add(scenario, measured);
        System.out.printf("%s: %s%n", scenario.name(), measured);
        List<String> broken = scenario.limits().brokenBy(measured, SLACK);
        assertThat(broken).as("%s, measured %s", scenario.name(), measured).isEmpty();
    }

    /** Again where a limit of time was broken and the machine stood still meanwhile; a lost job has no excuse. */
    private static <S extends Site> Measurement measure(Scenario<S> scenario, int attempts, TestReporter reporter) {
        try (Stalls stalls = new Stalls()) {
            Measurement measured = LAB.run(scenario);
            boolean inTime = scenario.limits().brokenBy(measured, SLACK).isEmpty();
            if (inTime || attempts == 1 || losesJobs(scenario, measured) || !stalls.excuse()) {
                return measured;
            }
            reporter.publishEntry(
                    TimedTest.BEGUN_ANEW,
                    "%s: the machine stood still for %s; %s".formatted(scenario.name(), stalls.soFar(), measured));
        }
        return measure(scenario, attempts - 1, reporter);
    }

    private static boolean losesJobs(Scenario<?> scenario, Measurement measured) {
        return measured.stuck() > 0 || measured.lost() > 0 && !scenario.limits().mayLose();
    }
}
