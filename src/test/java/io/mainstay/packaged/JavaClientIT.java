package io.mainstay.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.process.MavenBuild;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clients/java} is built by its own pom, and {@code examples/java} do with it what they say. Its tests run with all others. */
class JavaClientIT {

    private static final Path TARGET = Path.of("target", "java-client").toAbsolutePath();
    private static final Path EXAMPLES = Path.of("examples", "java");

    @TempDir
    private Path repository;

    @Test
    void examplesRunWithThePackagedClient() throws Exception {
        new MavenBuild(Path.of("clients", "java", "pom.xml"), repository)
                .run("clean", "package", "-Dmaven.test.skip=true", "-Dclient.directory=" + TARGET);

        try (RedisNode redis = RedisNode.start().awaitUp();
                ServiceProcess service = new ServiceProcess(redis.address(), Map.of()).awaitReady()) {
            Process worker = start(service, "ReportWorker");
            try {
                Awaitility.await("the worker is known")
                        .until(() -> service.get("/v1/workers").contains("daily-sales"));

                assertThat(output(service, "Enqueue"))
                        .contains("succeeded: \"Hello Ada\"", "3 jobs are new, 0 were there, 0 were refused");
                assertThat(output(service, "Progress"))
                        .contains("page 1 of 6", "succeeded {\"percent\":100", "rendered page 6");
                assertThat(output(service, "Schedules")).contains("next run: ", "succeeded: {\"sold\":42}");
            } finally {
                worker.destroy();
            }
        }
    }

    private static String output(ServiceProcess service, String example) throws IOException, InterruptedException {
        Process process = start(service, example);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Process start(ServiceProcess service, String example) throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TARGET.resolve("mainstay-client-0.1.0-SNAPSHOT.jar").toString(),
                EXAMPLES.resolve(example + ".java").toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MAINSTAY_KEY");
        builder.environment().put("MAINSTAY_URL", service.uri("").toString());
        return builder.start();
    }
}
