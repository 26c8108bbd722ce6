package io.mainstay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The unit tests of {@code clients/python}, which need nothing but Python. */
class PythonClientTest {

    private static final String PYTHON = "python3";

    @Test
    void testsOfThePythonClientPass() throws IOException, InterruptedException {
        Requirement.PYTHON.assume(new WorkerKind(PYTHON, List.of(), List.of(PYTHON), List.of())
                .missing()
                .isEmpty());
        ProcessBuilder tests = new ProcessBuilder(PYTHON, "-m", "unittest", "discover", "-t", ".", "-s", "tests")
                .directory(Path.of("clients", "python").toFile())
                .redirectErrorStream(true);
        tests.environment().putAll(Map.of("PYTHONPATH", "src", "PYTHONDONTWRITEBYTECODE", "1"));
        Process process = tests.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
