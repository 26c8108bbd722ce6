package io.mainstay.jobtype;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mainstay.job.Backoff;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.rest.StrictJson;
import io.mainstay.rest.job.BackoffRequest;
import io.mainstay.rest.job.JobSerializer;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Objects;

/** A declaration as JSON: as callers write it, as they are shown it, and as it is kept. The same one has the same text. */
final class DeclarationText {

    private static final JsonFactory JSON = new JsonFactory();

    private DeclarationText() {}

    /** @param usual what an exponential backoff has that leaves something out */
    static Declaration read(byte[] body, Backoff.Exponential usual) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return draft.finish(usual);
    }

    static String of(Declaration declaration) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            write(declaration, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError("nothing is written to but memory", e);
        }
        return text.toString();
    }

    /** Its fields. */
    static void write(Declaration declaration, JsonGenerator json) throws IOException {
        if (declaration.queue() != null) {
            json.writeStringField("queue", declaration.queue().value());
        }
        if (declaration.maxAttempts() != null) {
            json.writeNumberField("maxAttempts", declaration.maxAttempts());
        }
        if (declaration.backoff() != null) {
            JobSerializer.writeBackoff(json, declaration.backoff());
        }
        if (declaration.timeout() != null) {
            json.writeStringField("timeout", declaration.timeout().toString());
        }
        if (declaration.schema() != null) {
            json.writeFieldName("schema");
            json.writeRawValue(declaration.schema().text());
        }
        if (declaration.hold() != null) {
            json.writeObjectFieldStart("hold");
            json.writeNumberField("after", declaration.hold().after());
            json.writeStringField("window", declaration.hold().window().toString());
            json.writeEndObject();
        }
    }

    private static final class Draft implements StrictJson.Fields {

        private QueueName queue;
        private Integer maxAttempts;
        private BackoffRequest backoff;
        private Duration timeout;
        private Json schema;
        private HoldPolicy hold;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "queue" -> {
                    String value = json.text();
                    queue = value == null ? null : new QueueName(value);
                }
                case "maxAttempts" -> maxAttempts = json.integer();
                case "backoff" -> backoff = BackoffRequest.read(json);
                case "timeout" -> timeout = json.duration();
                case "schema" -> {
                    Json value = json.raw();
                    schema = value.equals(Json.NULL) ? null : value;
                }
                case "hold" -> {
                    HoldDraft draft = new HoldDraft();
                    hold = json.object(draft) ? draft.finish() : null;
                }
                default -> throw json.unknownField();
            }
        }

        Declaration finish(Backoff.Exponential usual) {
            if (queue != null && queue.isReserved()) {
                throw new InvalidValueException("queue", queue, "a name that is not reserved for Mainstay");
            }
            return new Declaration(
                    queue, maxAttempts, backoff == null ? null : backoff.toBackoff(usual), timeout, schema, hold);
        }
    }

    private static final class HoldDraft implements StrictJson.Fields {

        private Integer after;
        private Duration window;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "after" -> after = json.integer();
                case "window" -> window = json.duration();
                default -> throw json.unknownField();
            }
        }

        HoldPolicy finish() {
            return new HoldPolicy(
                    Objects.requireNonNullElse(after, HoldPolicy.DEFAULT_AFTER),
                    Objects.requireNonNullElse(window, HoldPolicy.DEFAULT_WINDOW));
        }
    }
}
