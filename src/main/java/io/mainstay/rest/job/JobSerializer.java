package io.mainstay.rest.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mainstay.job.AttemptError;
import io.mainstay.job.Backoff;
import io.mainstay.job.Deadline;
import io.mainstay.job.FlowMember;
import io.mainstay.job.Job;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.Progress;
import io.mainstay.job.Timeline;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.places.KeptIn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Writes a job as its callers see it: absent rather than null, payload and result as the text they came as, or only their
 * sizes where they were left out or are redacted. By hand, because this is on the path of every enqueue and needs no reflection in a native image.
 */
public final class JobSerializer extends JsonSerializer<JobView> {

    /** Always with three digits of milliseconds, so that times sort as text. */
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Override
    public void serialize(JobView view, JsonGenerator json, SerializerProvider provider) throws IOException {
        write(view, json);
    }

    /** Writes what a job has in an answer of some kind beside what all have. */
    @FunctionalInterface
    public interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    static void write(JobView view, JsonGenerator json) throws IOException {
        write(view, json, more -> {});
    }

    /** @param more in the same object, at its end */
    public static void write(JobView view, JsonGenerator json, Members more) throws IOException {
        Job job = view.job();
        boolean redacted = view.redacted();
        JobSpec spec = job.spec();
        JobStatus status = job.status();
        json.writeStartObject();
        json.writeStringField("id", job.id().value());
        json.writeStringField("queue", job.queue().logical().value());
        writeStore(json, view);
        if (FlowMember.isReserved(job.id())) {
            writeFlow(json, job);
        }
        json.writeStringField("handler", spec.handler().value());
        json.writeStringField("state", status.state().wireName());
        json.writeNumberField("attempt", status.attempt());
        json.writeNumberField("maxAttempts", spec.retry().maxAttempts());
        json.writeNumberField("priority", spec.priority());
        json.writeStringField("timeout", spec.timeout().toString());
        writeBackoff(json, spec.retry().backoff());
        String payload = spec.handler().equals(JobIntake.HTTP) ? "http" : "payload";
        writeLarge(json, payload, "payloadBytes", spec.payload(), redacted);
        writeTimes(json, status);
        writeOptions(json, spec.options());
        if (spec.options().deadline() instanceof Deadline.Within) {
            writeInstant(json, "deadline", job.deadline().orElse(null));
        }
        if (status.result() != null) {
            writeLarge(json, "result", "resultBytes", status.result(), redacted);
        }
        writeProgress(json, status.progress(), redacted);
        if (status.notes().snoozes() > 0) {
            json.writeNumberField("snoozes", status.notes().snoozes());
        }
        writeErrors(json, status.errors(), redacted);
        if (redacted) {
            json.writeBooleanField("redacted", true);
        }
        more.write(json);
        json.writeEndObject();
    }

    private static void writeLarge(JsonGenerator json, String name, String sizeName, Json value, boolean redacted)
            throws IOException {
        if (redacted || value.isLeftOut()) {
            json.writeNumberField(sizeName, value.bytes());
        } else {
            json.writeFieldName(name);
            json.writeRawValue(value.text());
        }
    }

    /** Of critical queues; that it is in the first is said of what was just enqueued only. */
    private static void writeStore(JsonGenerator json, JobView view) throws IOException {
        if (view.keptIn().isPresent()) {
            json.writeStringField("store", view.keptIn().get().wireName());
        } else if (view.job().queue().isInSecondStore()) {
            json.writeStringField("store", KeptIn.SECOND.wireName());
        }
    }

    private static void writeFlow(JsonGenerator json, Job job) throws IOException {
        Optional<FlowMember> member = FlowMember.of(job.id());
        if (member.isPresent()) {
            json.writeStringField("flow", member.get().flow().value());
        }
    }

    public static void writeOptions(JsonGenerator json, JobOptions options) throws IOException {
        if (options.trace() != null) {
            json.writeStringField("traceparent", options.trace().value());
        }
        if (options.unique() != null) {
            writeUnique(json, options.unique());
        }
        if (options.expiresIn() != null) {
            json.writeStringField("expiresIn", options.expiresIn().toString());
        }
        if (options.deadline() instanceof Deadline.Within within) {
            json.writeStringField("within", within.duration().toString());
        } else if (options.deadline() instanceof Deadline.At at) {
            writeInstant(json, "deadline", at.time());
        }
        if (options.group() != null) {
            json.writeObjectFieldStart("group");
            json.writeStringField("id", options.group().id());
            json.writeBooleanField("ordered", options.group().ordered());
            json.writeEndObject();
        }
    }

    private static void writeUnique(JsonGenerator json, UniqueKey unique) throws IOException {
        json.writeObjectFieldStart("unique");
        json.writeStringField("key", unique.key());
        if (unique.until() instanceof UniqueKey.Until.Time time) {
            json.writeStringField("until", time.duration().toString());
        } else {
            json.writeStringField("until", unique.until() instanceof UniqueKey.Until.Start ? "start" : "end");
        }
        json.writeStringField("onConflict", unique.onConflict().wireName());
        json.writeEndObject();
    }

    private static void writeTimes(JsonGenerator json, JobStatus status) throws IOException {
        Timeline times = status.times();
        String enqueuedAt = text(times.enqueuedAt());
        json.writeStringField("enqueuedAt", enqueuedAt);
        // When a blocked job becomes due nobody knows.
        if (status.state() != JobState.BLOCKED) {
            // Most are due at once, and the text of a time takes long to make.
            boolean atOnce = times.runAt().equals(times.enqueuedAt());
            json.writeStringField("runAt", atOnce ? enqueuedAt : text(times.runAt()));
        }
        writeInstant(json, "startedAt", times.startedAt());
        writeInstant(json, "finishedAt", times.finishedAt());
    }

    public static void writeBackoff(JsonGenerator json, Backoff backoff) throws IOException {
        json.writeObjectFieldStart("backoff");
        if (backoff instanceof Backoff.Exponential exponential) {
            json.writeStringField("type", "exponential");
            json.writeStringField("initial", exponential.initial().toString());
            json.writeStringField("max", exponential.max().toString());
        } else if (backoff instanceof Backoff.Fixed fixed) {
            json.writeStringField("type", "fixed");
            json.writeStringField("delay", fixed.delay().toString());
        } else if (backoff instanceof Backoff.Listed listed) {
            json.writeStringField("type", "listed");
            json.writeArrayFieldStart("delays");
            for (Duration delay : listed.delays()) {
                json.writeString(delay.toString());
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeProgress(JsonGenerator json, Progress progress, boolean redacted) throws IOException {
        if (progress != null) {
            json.writeObjectFieldStart("progress");
            json.writeNumberField("percent", progress.percent());
            if (!redacted && !progress.note().isEmpty()) {
                json.writeStringField("note", progress.note());
            }
            writeInstant(json, "at", progress.at());
            json.writeEndObject();
        }
    }

    private static void writeErrors(JsonGenerator json, List<AttemptError> errors, boolean redacted)
            throws IOException {
        json.writeArrayFieldStart("errors");
        for (AttemptError error : errors) {
            json.writeStartObject();
            json.writeNumberField("attempt", error.attempt());
            writeInstant(json, "at", error.at());
            json.writeStringField("type", error.type());
            if (!redacted) {
                json.writeStringField("message", error.message());
            }
            writeInstant(json, "startedAt", error.startedAt());
            if (error.worker() != null) {
                json.writeStringField("worker", error.worker());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeInstant(JsonGenerator json, String name, Instant time) throws IOException {
        if (time != null) {
            json.writeStringField(name, text(time));
        }
    }

    public static String text(Instant time) {
        return INSTANT.format(time);
    }
}
