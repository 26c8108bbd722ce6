package io.mainstay.tracing;

import io.mainstay.queue.JobTracer;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses the tracer. Off, nothing of OpenTelemetry is touched. */
@Dependent
class TracingBeans {

    @Produces
    @Singleton
    JobTracer jobTracer(
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled,
            Instance<OpenTelemetry> openTelemetry) {
        return disabled ? JobTracer.NONE : new SpanTracer(openTelemetry.get());
    }
}
