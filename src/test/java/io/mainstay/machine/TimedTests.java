package io.mainstay.machine;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/** Makes a {@link TimedTest} again while the machine is to blame. */
final class TimedTests implements TestTemplateInvocationContextProvider {

    private static final int ATTEMPTS = 3;

    private final Supplier<Stalls> meters;

    TimedTests() {
        this(Stalls::new);
    }

    /** @param meters one for each attempt */
    TimedTests(Supplier<Stalls> meters) {
        this.meters = meters;
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Attempts attempts = new Attempts();
        return IntStream.rangeClosed(1, ATTEMPTS)
                .takeWhile(number -> number == 1 || attempts.excused)
                .mapToObj(number -> attempts.next(number == ATTEMPTS));
    }

    private final class Attempts {

        private boolean excused;

        TestTemplateInvocationContext next(boolean last) {
            excused = false;
            return new TestTemplateInvocationContext() {
                @Override
                public List<Extension> getAdditionalExtensions() {
                    return List.of(new Attempt(last));
                }
            };
        }

        private final class Attempt
                implements BeforeTestExecutionCallback, TestExecutionExceptionHandler, AfterEachCallback {

            private final boolean last;
            private Stalls stalls;

            Attempt(boolean last) {
                this.last = last;
            }

            @Override
            public void beforeTestExecution(ExtensionContext context) {
                stalls = meters.get();
            }

            @Override
            public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
                if (last
                        || failure instanceof TestAbortedException
                        || failure instanceof Inexcusable
                        || !stalls.excuse()) {
                    throw failure;
                }
                excused = true;
                String reason = "the machine stood still for %s; %s".formatted(stalls.soFar(), failure.getMessage());
                context.publishReportEntry(TimedTest.BEGUN_ANEW, reason);
                throw new TestAbortedException(reason, failure);
            }

            @Override
            public void afterEach(ExtensionContext context) {
                if (stalls != null) {
                    stalls.close();
                }
            }
        }
    }
}
