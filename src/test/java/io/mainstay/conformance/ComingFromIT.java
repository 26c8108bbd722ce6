package io.mainstay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.Requirement;
import io.mainstay.process.Ports;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The small application of docs/coming-from.md: every port of it does the same, {@link HangfirePage} included. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComingFromIT {

    private static final Path PORTS = Path.of("examples", "coming-from").toAbsolutePath();
    private static final int PATIENCE_S = 60;

    private final RedisNode redis = RedisNode.start().awaitUp();
    private final int shop = Ports.free();
    private ServiceProcess service;

    @BeforeAll
    void start() {
        service = new ServiceProcess(
                        redis.address(),
                        Map.of(
                                "mainstay.http.allow",
                                "http://127.0.0.1:" + shop,
                                "mainstay.http.allow-subnets",
                                "127.0.0.0/8"))
                .awaitReady();
    }

    @AfterAll
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void celery() throws Exception {
        Requirement.PYTHON.assume(ForeignTests.isInstalled("python3"));

        doesWhatThePageSays(List.of("python3", "celery.py"), PORTS);
    }

    @Test
    void cloudTasks() throws Exception {
        Requirement.PYTHON.assume(ForeignTests.isInstalled("python3"));

        doesWhatThePageSays(List.of("python3", "cloud_tasks.py"), PORTS);
    }

    @Test
    void bullmq(@TempDir Path directory) throws Exception {
        Requirement.NODE.assume(ForeignTests.isInstalled("node"));
        // As npm install would, without npm.
        Files.copy(PORTS.resolve("bullmq.js"), directory.resolve("bullmq.js"));
        Files.copy(PORTS.resolve("package.json"), directory.resolve("package.json"));
        Files.createDirectories(directory.resolve("node_modules/@mainstay"));
        Files.createSymbolicLink(
                directory.resolve("node_modules/@mainstay/client"),
                Path.of("clients", "node").toAbsolutePath());

        doesWhatThePageSays(List.of("node", "bullmq.js"), directory);
    }

    @Test
    void sidekiq() throws Exception {
        Requirement.RUBY.assume(ForeignTests.isInstalled("ruby"));

        doesWhatThePageSays(List.of("ruby", "sidekiq.rb"), PORTS);
    }

    @Test
    void hangfire() throws Exception {
        assertThat(new HangfirePage(service.uri(""), shop).play())
                .containsExactly(
                        "POST v1/queues/shop/jobs: succeeded, attempt 2",
                        "POST v1/queues/shop/jobs: scheduled, attempt 0",
                        "DELETE v1/queues/shop/jobs/remind-ada-1: cancelled, attempt 0",
                        "PUT v1/schedules/shop-report: ok",
                        "POST v1/schedules/shop-report/trigger: succeeded, attempt 1");
    }

    private void doesWhatThePageSays(List<String> command, Path directory) throws IOException, InterruptedException {
        File output = Files.createTempFile("coming-from-", ".log").toFile();
        ProcessBuilder port = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        port.environment().remove("MAINSTAY_KEY");
        port.environment()
                .putAll(Map.of(
                        "MAINSTAY_URL",
                        service.uri("").toString(),
                        "SHOP_PORT",
                        Integer.toString(shop),
                        "PYTHONPATH",
                        Path.of("clients", "python", "src").toAbsolutePath().toString(),
                        "PYTHONDONTWRITEBYTECODE",
                        "1"));
        Process process = port.start();
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readAllLines(output.toPath(), StandardCharsets.UTF_8).stream()
                        // What the SDK for Node.js logs.
                        .filter(line -> !line.startsWith("mainstay: ")))
                .containsExactly(
                        "welcome: mail to ada@example.org (attempt 2)",
                        "reminder: scheduled one job",
                        "reminder: cancelled",
                        "report: 1 signup");
        assertThat(process.exitValue()).isZero();
    }
}
