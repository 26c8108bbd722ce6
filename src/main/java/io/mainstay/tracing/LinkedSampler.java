package io.mainstay.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/** Has an attempt follow the decision of its enqueue, so that a link never leads to a span that was thrown away. */
final class LinkedSampler implements Sampler {

    private final Sampler others;

    /** @param others decides where there is a parent, or no link */
    LinkedSampler(Sampler others) {
        this.others = others;
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        if (links.isEmpty() || Span.fromContext(parent).getSpanContext().isValid()) {
            return others.shouldSample(parent, traceId, name, kind, attributes, links);
        }
        SpanContext linked = links.get(0).getSpanContext();
        return linked.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "LinkedSampler{" + others.getDescription() + "}";
    }
}
