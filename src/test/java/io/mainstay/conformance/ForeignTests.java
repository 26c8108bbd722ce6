package io.mainstay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tests in other languages, run by their own tools. */
final class ForeignTests {

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param directory where they are run
     * @param environment what they have besides that of this process
     */
    ForeignTests(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    static boolean isInstalled(String program) {
        return new WorkerKind(program, List.of(), List.of(program), List.of())
                .missing()
                .isEmpty();
    }

    /** Fails with all that the command printed, unless it ends well. */
    void pass(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder tests =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        tests.environment().putAll(environment);
        Process process = tests.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
