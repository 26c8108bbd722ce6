package io.mainstay.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.TestAbortedException;

class TimedTestsTest {

    private static final Duration LONG = Duration.ofSeconds(3);
    private static final AssertionError TOO_LATE = new AssertionError("too late");
    /** Takes report entries, which {@link RunSummaryTest} looks at. */
    private static final ExtensionContext CONTEXT = (ExtensionContext) Proxy.newProxyInstance(
            TimedTestsTest.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) -> null);

    @Test
    void failureCountsWhereTheMachineRan() {
        assertThat(attempts(Duration.ofMillis(99), 5, TOO_LATE)).containsExactly(TOO_LATE);
    }

    @Test
    void failureWhileTheMachineStoodStillIsTriedAnewAndTheThirdCounts() {
        List<Throwable> ends = attempts(LONG, 5, TOO_LATE);

        assertThat(ends).hasSize(3).last().isSameAs(TOO_LATE);
        assertThat(ends.subList(0, 2)).hasOnlyElementsOfType(TestAbortedException.class);
    }

    @Test
    void whatNothingExcusesCountsAtOnce() {
        AssertionError lost = catchThrowableOfType(
                AssertionError.class,
                () -> Inexcusable.unless(() -> {
                    throw new IllegalStateException("a job is lost");
                }));

        assertThat(attempts(LONG, 5, lost)).containsExactly(lost);
    }

    @Test
    void successEndsIt() {
        List<Throwable> ends = attempts(LONG, 1, TOO_LATE);

        assertThat(ends).hasSize(2);
        assertThat(ends.get(0)).isInstanceOf(TestAbortedException.class).hasCause(TOO_LATE);
        assertThat(ends.get(1)).isNull();
    }

    @Test
    void stallsMatterLessInALongTest() {
        assertThat(Stalls.isExcuse(Duration.ofMinutes(1), Duration.ofMillis(1199)))
                .isFalse();
        assertThat(Stalls.isExcuse(Duration.ofMinutes(1), Duration.ofMillis(1200)))
                .isTrue();
    }

    @Test
    void processThatIsStoppedStoodStill() throws Exception {
        long pid = ProcessHandle.current().pid();
        try (Stalls stalls = new Stalls()) {
            int end = new ProcessBuilder("sh", "-c", "kill -STOP %d; sleep 0.4; kill -CONT %d".formatted(pid, pid))
                    .start()
                    .waitFor();

            assertThat(end).isZero();
            assertThat(stalls.soFar()).isGreaterThan(Duration.ofMillis(300));
        }
    }

    /** @return how each attempt of a test ended that fails so many times; null for a success */
    private static List<Throwable> attempts(Duration stall, int failures, Throwable failure) {
        List<Throwable> ends = new ArrayList<>();
        new TimedTests(() -> new Standstill(stall))
                .provideTestTemplateInvocationContexts(null)
                .forEach(attempt -> ends.add(end(attempt, ends.size() < failures ? failure : null)));
        return ends;
    }

    private static Throwable end(TestTemplateInvocationContext attempt, Throwable failure) {
        AtomicReference<Throwable> end = new AtomicReference<>();
        attempt.getAdditionalExtensions()
                .forEach(extension -> end.set(catchThrowable(() -> {
                    ((BeforeTestExecutionCallback) extension).beforeTestExecution(null);
                    if (failure != null) {
                        ((TestExecutionExceptionHandler) extension).handleTestExecutionException(CONTEXT, failure);
                    }
                })));
        return end.get();
    }

    private static final class Standstill extends Stalls {

        private final Duration time;

        Standstill(Duration time) {
            this.time = time;
            close();
        }

        @Override
        public Duration soFar() {
            return time;
        }
    }
}
