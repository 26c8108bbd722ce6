package io.mainstay.conformance;

import io.mainstay.machine.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The unit tests of {@code clients/node}, which need nothing but Node.js, and its types. */
class NodeClientTest {

    private static final String NODE = "node";
    private static final Path DIRECTORY = Path.of("clients", "node");
    private static final Path COMPILER = Path.of("node_modules", "typescript", "bin", "tsc");

    private final ForeignTests tests = new ForeignTests(DIRECTORY, Map.of());

    @Test
    void testsOfTheNodeClientPass() throws IOException, InterruptedException {
        Requirement.NODE.assume(ForeignTests.isInstalled(NODE));
        List<String> command = new ArrayList<>(List.of(NODE, "--test", "--test-concurrency=4"));
        command.addAll(files());
        tests.pass(command);
    }

    @Test
    void typesOfTheNodeClientAreThoseOfItsCode() throws IOException, InterruptedException {
        Requirement.NODE.assume(ForeignTests.isInstalled(NODE));
        Requirement.TYPESCRIPT.assume(Files.exists(DIRECTORY.resolve(COMPILER)));
        tests.pass(List.of(NODE, COMPILER.toString()));
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("test"))) {
            return files.map(file -> DIRECTORY.relativize(file).toString())
                    .filter(file -> file.endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
    }
}
