package io.mainstay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A worker that the suite is run for, as {@code workers.json} has it.
 *
 * @param needs programs that have to be on the PATH
 * @param lacks what it cannot do
 */
record WorkerKind(String name, List<String> command, List<String> needs, List<String> lacks) {

    private static final Path FILE = Path.of("clients", "conformance", "workers.json");

    static List<WorkerKind> all() throws IOException {
        JsonNode kinds = new ObjectMapper().readTree(FILE.toFile());
        return StreamSupport.stream(kinds.spliterator(), false)
                .map(kind -> new WorkerKind(
                        kind.path("name").asText(),
                        texts(kind.path("command")),
                        texts(kind.path("needs")),
                        texts(kind.path("lacks"))))
                .toList();
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Those of its programs that this machine does not have. */
    List<String> missing() {
        return needs.stream().filter(program -> !isOnPath(program)).toList();
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
