package io.mainstay.tracing;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/**
 * Traces by the OpenTelemetry conventions for messaging: a PRODUCER span for an enqueue, in the trace of its caller, and
 * a CONSUMER span for each attempt. An attempt begins a trace of its own, with a link to the enqueue: it may come days
 * later, or again.
 */
final class SpanTracer implements JobTracer {

    private final Tracer tracer;

    SpanTracer(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("io.mainstay");
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Function<NewJob, Uni<Enqueued>> store) {
        SpanBuilder builder = builder("enqueue", "send", job.queue(), job.id())
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute(Names.HANDLER, job.spec().handler().value());
        TraceParent sent = job.spec().trace();
        if (sent != null && !Span.current().getSpanContext().isValid()) {
            builder.setParent(Context.root().with(Span.wrap(remote(sent))));
        }
        Span span = builder.startSpan();
        return store.apply(job.withTrace(traceParent(span.getSpanContext())))
                .onTermination()
                .invoke((answer, failure, cancelled) -> {
                    if (answer instanceof Enqueued.Refused refused) {
                        span.setStatus(StatusCode.ERROR, refused.reason().getMessage());
                        span.setAttribute(Names.ERROR_TYPE, refused.reason().slug());
                    } else if (answer != null) {
                        span.setAttribute(Names.CREATED, answer instanceof Enqueued.Created);
                    } else if (failure != null) {
                        span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
                        span.setAttribute(Names.ERROR_TYPE, failure.getClass().getName());
                    }
                    span.end();
                });
    }

    @Override
    public Delivery deliver(Job job) {
        TraceParent enqueued = job.spec().trace();
        SpanBuilder builder = builder("process", "process", job.queue(), job.id())
                .setNoParent()
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(Names.HANDLER, job.spec().handler().value())
                .setAttribute(Names.ATTEMPT, (long) job.status().attempt());
        if (enqueued != null) {
            builder.addLink(remote(enqueued));
        }
        return new SpanDelivery(builder.startSpan());
    }

    static TraceParent traceParent(SpanContext context) {
        return new TraceParent("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex());
    }

    private SpanBuilder builder(String name, String type, QueueName queue, JobId id) {
        return tracer.spanBuilder(name + " " + queue)
                .setAttribute(Names.SYSTEM, "mainstay")
                .setAttribute(Names.OPERATION_NAME, name)
                .setAttribute(Names.OPERATION_TYPE, type)
                .setAttribute(Names.DESTINATION, queue.logical().value())
                .setAttribute(Names.MESSAGE_ID, id.value());
    }

    private static SpanContext remote(TraceParent trace) {
        return SpanContext.createFromRemoteParent(
                trace.traceId(), trace.spanId(), TraceFlags.fromHex(trace.flags(), 0), TraceState.getDefault());
    }
}
