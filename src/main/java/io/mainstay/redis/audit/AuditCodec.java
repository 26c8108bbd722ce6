package io.mainstay.redis.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mainstay.audit.AuditRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A record as JSON text: an object of texts, without those that are null. Fields that are not known are passed over. */
final class AuditCodec {

    private static final String CALLER = "c";
    private static final String NAME = "n";
    private static final String OPERATION = "o";
    private static final String QUEUE = "q";
    private static final String OBJECT = "w";
    private static final String FROM = "f";
    private static final String STATUS = "s";
    private static final String DETAIL = "d";

    private static final AuditRecord UNREADABLE = new AuditRecord(null, null, null, null, null, null, 0, "unreadable");

    private final JsonFactory factory = new JsonFactory();

    String text(AuditRecord record) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            write(json, CALLER, record.callerId());
            write(json, NAME, record.callerName());
            write(json, OPERATION, record.operation());
            write(json, QUEUE, record.queue());
            write(json, OBJECT, record.object());
            write(json, FROM, record.from());
            write(json, STATUS, Integer.toString(record.status()));
            write(json, DETAIL, record.detail());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("text is written to memory", e);
        }
        return text.toString();
    }

    /** What is none is shown as such: a record that vanishes would be worse. */
    AuditRecord record(String text) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = factory.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return UNREADABLE;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    return UNREADABLE;
                }
                fields.put(name, json.getText());
            }
            return new AuditRecord(
                    fields.get(CALLER),
                    fields.get(NAME),
                    fields.get(OPERATION),
                    fields.get(QUEUE),
                    fields.get(OBJECT),
                    fields.get(FROM),
                    Integer.parseInt(fields.getOrDefault(STATUS, "0")),
                    fields.get(DETAIL));
        } catch (IOException | NumberFormatException e) {
            return UNREADABLE;
        }
    }

    private static void write(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
