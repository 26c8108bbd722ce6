package io.mainstay.conformance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of {@code clients/conformance/scenarios}.
 *
 * @param text of the file, in which names have to be put in place of {@code {queue}} and the like
 */
record Scenario(String name, String text) {

    /** Numbers are read with every digit. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Path DIRECTORY = Path.of("clients", "conformance", "scenarios");
    private static final String SUFFIX = ".json";

    static List<Scenario> all() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(Scenario::read)
                    .toList();
        }
    }

    private static Scenario read(Path file) {
        try {
            String name = file.getFileName().toString();
            return new Scenario(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its content, with these names in place of the keys in braces. */
    JsonNode with(Map<String, String> names) {
        String named = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            named = named.replace("{" + name.getKey() + "}", name.getValue());
        }
        try {
            return JSON.readTree(named);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    boolean isFor(WorkerKind kind) {
        return WorkerKind.texts(with(Map.of()).path("needs")).stream().noneMatch(kind.lacks()::contains);
    }

    /** Whether it does to the service what no other scenario bears. */
    boolean needsItsOwnService() {
        return with(Map.of()).path("service").asText().equals("own");
    }
}
