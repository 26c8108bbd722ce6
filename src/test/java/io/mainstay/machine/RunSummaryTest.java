package io.mainstay.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs of a few tests, as Maven would start them, with the summary that they end with. */
class RunSummaryTest {

    @TempDir
    private Path run;

    private final List<String> printed = new ArrayList<>();

    @Test
    void skippedTestsAreListedOnceByReasonWithTheCommandThatHelps() {
        assertThat(failures(false, LacksPromtool.class, Off.class)).isEmpty();

        assertThat(printed.get(0))
                .contains("Skipped: 3 tests, missing: promtool", "apt-get install prometheus")
                .contains("Skipped: 2 tests, switched off");
    }

    @Test
    void skippedTestFailsInContinuousIntegration() {
        assertThat(failures(true, LacksPromtool.class))
                .singleElement()
                .asString()
                .contains("promtool");
        assertThat(failures(true, Off.class)).singleElement().asString().contains("switched off");
        assertThat(failures(true, Missing.class)).singleElement().asString().contains("libfaketime");
        assertThat(failures(true, Anew.class)).isEmpty();
    }

    @Test
    void testsBegunAnewAreToldWithTheReasonAndAreNotSkipped() {
        assertThat(failures(true, Anew.class)).isEmpty();

        assertThat(printed.get(0))
                .contains(
                        "Begun anew: RunSummaryTest$Anew fails()",
                        "the machine stood still for PT3S; too late",
                        "1 of at most 3")
                .doesNotContain("Skipped");
    }

    @Test
    void moreThanThreeBegunAnewFailTheRunWhicheverJvmTheyWereIn() {
        new BegunAnew(run.resolve("run")).add("elsewhere");
        assertThat(failures(false, Rounds.class)).isEmpty();

        assertThat(failures(false, Anew.class))
                .singleElement()
                .asString()
                .contains("4 tests were begun anew", "elsewhere", "Rounds", "Anew");
        assertThat(failures(false, Fine.class)).as("of a JVM that began none").isEmpty();
    }

    @Test
    void partsOfARunThatFollowAFailureDoNotRepeatIt() {
        RunSummary summary = new RunSummary(true, new BegunAnew(run));
        summary.skipped("switched off", 1);

        assertThatThrownBy(summary::check).hasMessageContaining("switched off");
        assertThatCode(summary::check).doesNotThrowAnyException();
        summary.skipped("switched off", 1);
        assertThatThrownBy(summary::check).hasMessageContaining("2 tests, switched off");
    }

    @Test
    void nothingIsSaidOfARunWithoutEither() {
        assertThat(failures(true, Fine.class)).isEmpty();
        assertThat(printed).containsExactly("");
    }

    /** @return messages */
    private List<String> failures(boolean strict, Class<?>... classes) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        RunSummary summary = new RunSummary(strict, new BegunAnew(run.resolve("run")));
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .addLauncherSessionListeners(new RunSummarySession(summary, printed::add))
                .build();
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(Stream.of(classes)
                                            .map(each -> selectClass(each))
                                            .toList())
                                    .build(),
                            listener);
        }
        return listener.getSummary().getFailures().stream()
                .map(failure -> failure.getException().getMessage())
                .toList();
    }

    static class Fine {

        @Test
        void succeeds() {}
    }

    static class LacksPromtool {

        @BeforeAll
        static void wanted() {
            Requirement.PROMTOOL.assume(false);
        }

        @Test
        void one() {}

        @Test
        void two() {}

        @RepeatedTest(2)
        void some() {}
    }

    static class Off {

        @Test
        @Disabled("switched off")
        void one() {}

        @Test
        @Disabled("switched off")
        void two() {}
    }

    static class Missing {

        @Test
        void doesWithout(TestReporter reporter) {
            reporter.publishEntry(Requirement.MISSING, Requirement.LIBFAKETIME.name());
        }
    }

    static class Rounds {

        @TestFactory
        Stream<DynamicTest> some(TestReporter reporter) {
            return Stream.of("a", "b")
                    .map(name ->
                            DynamicTest.dynamicTest(name, () -> reporter.publishEntry(TimedTest.BEGUN_ANEW, name)));
        }
    }

    /** Fails once, while the machine stands still. */
    static class Anew {

        @RegisterExtension
        static final TimedTests TIMED = new TimedTests(Standstill::new);

        private static int attempts;

        @BeforeAll
        static void first() {
            attempts = 0;
        }

        @TestTemplate
        void fails() {
            if (++attempts == 1) {
                throw new AssertionError("too late");
            }
        }
    }

    private static final class Standstill extends Stalls {

        Standstill() {
            close();
        }

        @Override
        public Duration soFar() {
            return Duration.ofSeconds(3);
        }
    }
}
