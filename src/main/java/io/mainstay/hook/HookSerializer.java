package io.mainstay.hook;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mainstay.rest.job.JobSerializer;
import java.io.IOException;

/** Writes a hook as its callers see it. */
final class HookSerializer extends JsonSerializer<HookView> {

    @Override
    public void serialize(HookView view, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", view.name().value());
        HookText.write(view.known().hook(), json);
        json.writeStringField("url", view.url());
        if (!view.known().enabled()) {
            json.writeObjectFieldStart("disabled");
            json.writeStringField("since", JobSerializer.text(view.known().disabledAt()));
            json.writeStringField("reason", "gone");
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
