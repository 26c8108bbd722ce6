package io.mainstay.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.process.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The first command that anybody runs. */
@DisabledIfSystemProperty(
        named = "native.image.path",
        matches = ".+",
        disabledReason = "it starts the jar, which is not there when the native binary was built")
class QuickstartIT {

    private static final int PATIENCE_S = 90;

    @TempDir
    Path directory;

    @Test
    void quickstartRunsAFirstJob() throws Exception {
        int port = Ports.free();
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("examples/quickstart", "--once")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("MANAGEMENT_PORT", Integer.toString(Ports.freeBesides(port)));
        Process quickstart = builder.start();
        try {
            assertThat(quickstart.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output, StandardCharsets.UTF_8))
                    .contains("\"state\":\"succeeded\"")
                    .doesNotContain("Building the service");
            assertThat(quickstart.exitValue()).isZero();
        } finally {
            quickstart.destroy();
        }
    }
}
