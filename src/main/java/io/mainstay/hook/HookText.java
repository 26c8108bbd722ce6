package io.mainstay.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mainstay.rest.StrictJson;
import io.mainstay.security.QueuePatterns;
import java.io.IOException;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hook as JSON: as callers write it, as they are shown it, and as it is kept. The same one has the same text. */
final class HookText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String EVENTS =
            Stream.of(HookEvent.values()).map(HookEvent::wireName).collect(Collectors.joining(", ", "one of ", ""));

    private HookText() {}

    static Hook read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return new Hook(draft.events, draft.queues, draft.url);
    }

    static String of(Hook hook) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            write(hook, json);
            json.writeStringField("url", hook.url());
            json.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError("nothing is written to but memory", e);
        }
        return text.toString();
    }

    /** Its fields but the URL. */
    static void write(Hook hook, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("events");
        for (HookEvent event : hook.events()) {
            json.writeString(event.wireName());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("queues");
        for (String pattern : hook.queues().patterns()) {
            json.writeString(pattern);
        }
        json.writeEndArray();
    }

    private static final class Draft implements StrictJson.Fields {

        private final Set<HookEvent> events = EnumSet.noneOf(HookEvent.class);
        private QueuePatterns queues = QueuePatterns.ALL;
        private String url;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "events" -> {
                    List<String> names = json.texts();
                    for (String each : names == null ? List.<String>of() : names) {
                        events.add(HookEvent.ofWireName(each).orElseThrow(() -> json.unknownValue(each, EVENTS)));
                    }
                }
                case "queues" -> {
                    List<String> patterns = json.texts();
                    queues = patterns == null
                            ? QueuePatterns.ALL
                            : new QueuePatterns(patterns.stream().distinct().toList());
                }
                case "url" -> url = json.text();
                default -> throw json.unknownField();
            }
        }
    }
}
