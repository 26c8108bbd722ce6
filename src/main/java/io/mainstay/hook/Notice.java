package io.mainstay.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mainstay.job.QueueName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that hooks are told of. It has no payload and no text of an error, whoever made the hook.
 *
 * @param key what tells it from every other one of its event
 * @param queues that it is about; empty if it is about none in particular
 * @param facts for the receiver: texts, numbers and lists of texts, by name
 */
record Notice(HookEvent event, Instant time, String key, List<QueueName> queues, Map<String, Object> facts) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int OF_DEATH = 7;
    private static final int OF_FLOW = 7;

    /** Whether that hook wants it. */
    boolean isFor(Hook hook) {
        return hook.events().contains(event)
                && (queues.isEmpty()
                        || queues.stream().anyMatch(queue -> hook.queues().matches(queue.value())));
    }

    /** As scripts put it into outboxes; empty if it was not one of them. */
    static Optional<Notice> read(String text) {
        try {
            List<String> words = words(text);
            String kind = words.isEmpty() ? "" : words.get(0);
            if (kind.equals(HookEvent.DEAD.wireName()) && words.size() == OF_DEATH) {
                return Optional.of(death(words));
            }
            return kind.equals(HookEvent.FLOW_ENDED.wireName()) && words.size() == OF_FLOW
                    ? Optional.of(flowEnd(words))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Notice death(List<String> words) {
        QueueName queue = new QueueName(words.get(2));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("queue", queue.value());
        facts.put("job", words.get(3));
        facts.put("handler", words.get(4));
        facts.put("attempts", Integer.parseInt(words.get(5)));
        if (!words.get(6).isEmpty()) {
            facts.put("errorType", words.get(6));
        }
        String key = queue + "\n" + words.get(3) + "\n" + words.get(1);
        return new Notice(HookEvent.DEAD, time(words), key, List.of(queue), facts);
    }

    private static Notice flowEnd(List<String> words) {
        List<QueueName> queues =
                Stream.of(words.get(6).split(" ")).map(QueueName::new).toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("flow", words.get(2));
        facts.put("queues", queues.stream().map(QueueName::value).toList());
        facts.put("succeeded", Integer.parseInt(words.get(3)));
        facts.put("dead", Integer.parseInt(words.get(4)));
        facts.put("cancelled", Integer.parseInt(words.get(5)));
        return new Notice(HookEvent.FLOW_ENDED, time(words), words.get(2) + "\n" + words.get(1), queues, facts);
    }

    private static Instant time(List<String> words) {
        return Instant.ofEpochMilli(Long.parseLong(words.get(1)));
    }

    private static List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                words.add(json.getText());
            }
        }
        return words;
    }
}
