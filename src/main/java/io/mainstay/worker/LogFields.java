package io.mainstay.worker;

import org.jboss.logging.MDC;

/**
 * What every log line says of the attempt that it comes from: in JSON under {@code mdc}, in text where the format asks
 * for it ({@code %X{jobId}}). Kept with the Vert.x context where there is one, with the thread elsewhere.
 */
final class LogFields {

    private LogFields() {}

    /** From here on this context's, or this thread's, lines are the attempt's. */
    static void begin(Attempt attempt) {
        MDC.put("jobId", attempt.id().value());
        MDC.put("queue", attempt.queue().value());
        MDC.put("handler", attempt.job().spec().handler().value());
        MDC.put("attempt", attempt.attempt());
    }

    /** Runs what belongs to the attempt on the loop, with context locals of its own, for one these fields. */
    static void during(Attempt attempt, WorkerLoop loop, Runnable action) {
        loop.inOwnContext(() -> {
            begin(attempt);
            action.run();
        });
    }

    /** Forgets them, and whatever the handler added: a pooled thread must not carry them into the next job. */
    static void end() {
        MDC.clear();
    }
}
