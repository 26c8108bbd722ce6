package io.mainstay.dashboard;

import io.mainstay.conformance.ForeignTests;
import io.mainstay.machine.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page's modules without a browser: the compiler of TypeScript reads the types in their comments, and Node.js runs those that need no page. */
class DashboardTypesTest {

    private static final Path DIRECTORY = Path.of("src", "test", "dashboard");
    private static final Path COMPILER = Path.of("node_modules", "typescript", "bin", "tsc");
    private static final String NODE = "node";

    @Test
    void modulesKeepToTheirTypes() throws IOException, InterruptedException {
        Requirement.NODE.assume(ForeignTests.isInstalled(NODE));
        Requirement.DASHBOARD.assume(Files.exists(DIRECTORY.resolve(COMPILER)));
        new ForeignTests(DIRECTORY, Map.of()).pass(List.of(NODE, COMPILER.toString()));
    }

    @Test
    void modulesThatNeedNoBrowserPassTheirTests() throws IOException, InterruptedException {
        Requirement.NODE.assume(ForeignTests.isInstalled(NODE));
        new ForeignTests(DIRECTORY, Map.of())
                .pass(List.of(NODE, "--test", "unit/exact-json.test.mjs", "unit/durations.test.mjs"));
    }
}
