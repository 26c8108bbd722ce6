package io.mainstay.jobtype;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mainstay.rest.job.JobSerializer;
import java.io.IOException;

/** Writes a handler as its callers see it: what does not apply is absent. */
final class HandlerSerializer extends JsonSerializer<HandlerView> {

    @Override
    public void serialize(HandlerView view, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", view.name().value());
        json.writeArrayFieldStart("sources");
        for (HandlerSource source : HandlerSource.values()) {
            if (view.sources().contains(source)) {
                json.writeString(source.wireName());
            }
        }
        json.writeEndArray();
        if (view.sighting() != null) {
            json.writeNumberField("workers", view.sighting().workers());
            if (view.sighting().lastSeen() != null) {
                json.writeStringField(
                        "lastSeen", JobSerializer.text(view.sighting().lastSeen()));
            }
        }
        if (view.declaration() != null) {
            DeclarationText.write(view.declaration(), json);
        }
        if (view.hold() != null) {
            json.writeObjectFieldStart("held");
            json.writeStringField("since", JobSerializer.text(view.hold().since()));
            json.writeStringField("reason", view.hold().byHand() ? "by-hand" : "failures");
            if (!view.hold().byHand()) {
                json.writeNumberField("failed", view.hold().failed());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
