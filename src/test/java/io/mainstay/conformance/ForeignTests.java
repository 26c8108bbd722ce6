package io.mainstay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tests in other languages, run by their own tools. */
public final class ForeignTests {

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param directory where they are run
     * @param environment what they have besides that of this process
     */
    public ForeignTests(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    public static boolean isInstalled(String program) {
        return find(program).isPresent();
    }

    /** Where a program is that is installed. */
    public static Path pathOf(String program) {
        return find(program).orElseThrow(() -> new IllegalStateException(program + " is not installed"));
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Fails with all that the command printed, unless it ends well. */
    public void pass(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder tests =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        tests.environment().putAll(environment);
        Process process = tests.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
