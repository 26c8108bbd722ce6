package io.mainstay.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses what is sampled. */
@Dependent
class SamplerBeans {

    /** @param ratio of traces that begin here, 0 to 1 */
    @Produces
    @Singleton
    Sampler sampler(@ConfigProperty(name = "quarkus.otel.traces.sampler.arg", defaultValue = "1.0") double ratio) {
        return new LinkedSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)));
    }
}
