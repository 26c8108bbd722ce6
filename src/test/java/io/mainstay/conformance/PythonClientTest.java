package io.mainstay.conformance;

import io.mainstay.machine.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The unit tests of {@code clients/python}, which need nothing but Python. */
class PythonClientTest {

    private static final String PYTHON = "python3";

    private final ForeignTests tests =
            new ForeignTests(Path.of("clients", "python"), Map.of("PYTHONPATH", "src", "PYTHONDONTWRITEBYTECODE", "1"));

    @Test
    void testsOfThePythonClientPass() throws IOException, InterruptedException {
        Requirement.PYTHON.assume(ForeignTests.isInstalled(PYTHON));
        tests.pass(List.of(PYTHON, "-m", "unittest", "discover", "-t", ".", "-s", "tests"));
    }
}
