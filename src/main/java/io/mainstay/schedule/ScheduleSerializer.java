package io.mainstay.schedule;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mainstay.job.JobSpec;
import io.mainstay.rest.job.JobIntake;
import io.mainstay.rest.job.JobSerializer;
import java.io.IOException;

/** Writes a schedule as its callers see it: what they may leave out is filled in, what does not apply is absent. */
final class ScheduleSerializer extends JsonSerializer<ScheduleView> {

    @Override
    public void serialize(ScheduleView view, JsonGenerator json, SerializerProvider provider) throws IOException {
        Schedule schedule = view.schedule();
        ScheduleSpec spec = schedule.spec();
        json.writeStartObject();
        json.writeStringField("name", schedule.name().value());
        writeTiming(json, spec.timing());
        json.writeStringField("misfire", spec.misfire().policy().wireName());
        if (spec.misfire().policy() == Misfire.Policy.ALL) {
            json.writeNumberField("misfireLimit", spec.misfire().limit());
        }
        json.writeStringField("queue", spec.queue().value());
        writeJob(json, spec, view.redacted());
        json.writeBooleanField("paused", schedule.paused());
        if (schedule.next().isPresent()) {
            json.writeStringField("next", JobSerializer.text(schedule.next().get()));
        }
        if (schedule.last().isPresent()) {
            json.writeObjectFieldStart("last");
            json.writeStringField("at", JobSerializer.text(schedule.last().get().at()));
            json.writeStringField("job", schedule.last().get().job().value());
            json.writeEndObject();
        }
        json.writeStringField("createdAt", JobSerializer.text(schedule.createdAt()));
        json.writeStringField("updatedAt", JobSerializer.text(schedule.updatedAt()));
        if (view.redacted()) {
            json.writeBooleanField("redacted", true);
        }
        json.writeEndObject();
    }

    private static void writeTiming(JsonGenerator json, Timing timing) throws IOException {
        json.writeStringField("cron", timing.cron());
        json.writeStringField("timeZone", timing.zone().getId());
        json.writeStringField("gap", timing.gap().wireName());
        json.writeStringField("overlap", timing.overlap().wireName());
    }

    private static void writeJob(JsonGenerator json, ScheduleSpec spec, boolean redacted) throws IOException {
        JobSpec job = spec.job();
        json.writeObjectFieldStart("job");
        json.writeStringField("handler", job.handler().value());
        json.writeNumberField("maxAttempts", job.retry().maxAttempts());
        json.writeNumberField("priority", job.priority());
        json.writeStringField("timeout", job.timeout().toString());
        JobSerializer.writeBackoff(json, job.retry().backoff());
        json.writeStringField("durability", spec.durability().wireName());
        if (redacted) {
            json.writeNumberField("payloadBytes", job.payload().bytes());
        } else {
            json.writeFieldName(job.handler().equals(JobIntake.HTTP) ? "http" : "payload");
            json.writeRawValue(job.payload().text());
        }
        JobSerializer.writeOptions(json, job.options());
        json.writeEndObject();
    }
}
