package io.mainstay.dashboard;

import io.mainstay.auth.TestKeys;
import io.mainstay.conformance.ForeignTests;
import io.mainstay.machine.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The page in a browser, on the packaged service with real jobs: {@code src/test/dashboard/browser}. Screenshots are in
 * {@code target/dashboard}.
 */
class DashboardIT {

    private static final Path DIRECTORY = Path.of("src", "test", "dashboard");
    private static final Path SCREENSHOTS = Path.of("target", "dashboard").toAbsolutePath();
    private static final String NODE = "node";
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    @Test
    void pageDoesWhatItIsFor() throws IOException, InterruptedException {
        Requirement.NODE.assume(ForeignTests.isInstalled(NODE));
        Requirement.DASHBOARD.assume(Files.exists(DIRECTORY.resolve("node_modules/playwright-core")));
        String browser =
                BROWSERS.stream().filter(ForeignTests::isInstalled).findFirst().orElse("");
        Requirement.CHROMIUM.assume(!browser.isEmpty());
        String admin = TestKeys.line("ann admin * payload");
        String reader = TestKeys.line("rob reader *");
        Map<String, String> config = Map.of(
                "mainstay.security.keys-file",
                TestKeys.file(admin, reader).toString(),
                "mainstay.handlers.demo",
                "true",
                "mainstay.stats.interval",
                "PT1S");

        try (FaultDesk desk = new FaultDesk(config)) {
            Map<String, String> environment = Map.of(
                    "MAINSTAY_URL", desk.service(),
                    "CONTROL", desk.control(),
                    "KEY_ADMIN", TestKeys.keyOf(admin),
                    "KEY_READER", TestKeys.keyOf(reader),
                    "CHROMIUM", ForeignTests.pathOf(browser).toString(),
                    "SCREENSHOTS", SCREENSHOTS.toString());
            ForeignTests tests = new ForeignTests(DIRECTORY, environment);
            for (String part : List.of("pages", "use", "on-call", "faults")) {
                tests.pass(List.of(NODE, "--test", "browser/" + part + ".test.mjs"));
            }
        }
    }
}
