package io.mainstay.tracing;

import io.mainstay.job.TraceParent;
import io.mainstay.queue.JobTracer.Delivery;
import io.mainstay.queue.Settlement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** The span of one attempt. */
final class SpanDelivery implements Delivery {

    private final Span span;

    SpanDelivery(Span span) {
        this.span = span;
    }

    @Override
    public Optional<TraceParent> trace() {
        return Optional.of(SpanTracer.traceParent(span.getSpanContext()));
    }

    @Override
    public Runnable enter() {
        return Context.root().with(span).makeCurrent()::close;
    }

    @Override
    public void ended(Settlement result) {
        if (result instanceof Settlement.Fail fail) {
            span.setStatus(StatusCode.ERROR, fail.message());
            span.setAttribute(Names.ERROR_TYPE, fail.type());
            span.setAttribute(Names.OUTCOME, fail.retryAfter().isPresent() ? "retry" : "dead");
        } else {
            span.setAttribute(Names.OUTCOME, outcome(result));
        }
        span.end();
    }

    private static String outcome(Settlement result) {
        if (result instanceof Settlement.Snooze) {
            return "snoozed";
        }
        if (result instanceof Settlement.Pend) {
            return "pending";
        }
        return result instanceof Settlement.Complete ? "succeeded" : "released";
    }

    @Override
    public void lost() {
        span.setStatus(StatusCode.ERROR, "the lease was lost");
        span.setAttribute(Names.ERROR_TYPE, "lease-lost");
        span.setAttribute(Names.OUTCOME, "lost");
        span.end();
    }

    @Override
    public void cancelled() {
        span.setAttribute(Names.OUTCOME, "cancelled");
        span.end();
    }
}
