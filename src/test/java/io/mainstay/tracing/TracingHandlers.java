package io.mainstay.tracing;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Json;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Handlers that answer with the span they find themselves in; and where spans go in tests. */
final class TracingHandlers {

    private TracingHandlers() {}

    @Singleton
    @Identifier("trace-blocking")
    static class Blocking implements JobHandler {
        @Override
        public Outcome run(JobContext job) {
            return Outcome.success(currentSpan());
        }
    }

    /** Looks when some time has passed. */
    @Singleton
    @Identifier("trace-async")
    static class Async implements AsyncJobHandler {
        @Override
        public Uni<Outcome> start(JobContext job) {
            Json atOnce = currentSpan();
            return Uni.createFrom()
                    .item(atOnce)
                    .onItem()
                    .delayIt()
                    .by(Duration.ofMillis(5))
                    .map(Outcome::success);
        }
    }

    @Dependent
    static class Exporter {
        @Produces
        @Singleton
        InMemorySpanExporter spans() {
            return InMemorySpanExporter.create();
        }
    }

    private static Json currentSpan() {
        return new Json("\"" + Span.current().getSpanContext().getSpanId() + "\"");
    }
}
