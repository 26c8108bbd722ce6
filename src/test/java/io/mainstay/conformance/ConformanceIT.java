package io.mainstay.conformance;

import io.mainstay.machine.Requirement;
import io.mainstay.machine.TimedTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** Every worker of {@code clients/conformance} in every scenario that it can do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {

    private static final Map<String, Requirement> REQUIREMENTS = Map.of(
            "python3", Requirement.PYTHON,
            "node", Requirement.NODE,
            "curl", Requirement.CURL);

    private Suite suite;

    @BeforeAll
    void start() throws IOException {
        suite = Suite.start(chosen("workers"), chosen("scenarios"));
    }

    @TestFactory
    Stream<DynamicTest> everyWorkerDoesWhatTheScenariosSay(TestReporter reporter) {
        Stream<DynamicTest> left = suite.leftOut().stream()
                .map(kind -> DynamicTest.dynamicTest(
                        kind.name(), () -> kind.missing().forEach(program -> REQUIREMENTS
                                .getOrDefault(program, Requirement.CURL)
                                .assume(false))));
        Stream<DynamicTest> runs =
                suite.pairs().stream().map(pair -> DynamicTest.dynamicTest(pair.name(), () -> outcome(pair, reporter)));
        return Stream.concat(left, runs);
    }

    private static void outcome(Suite.Pair pair, TestReporter reporter) throws Throwable {
        try {
            pair.run().get().forEach(reason -> reporter.publishEntry(TimedTest.BEGUN_ANEW, reason));
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    private static List<String> chosen(String what) {
        String names = System.getProperty("mainstay.conformance." + what, "");
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }
}
