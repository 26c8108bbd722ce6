package io.mainstay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mainstay.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A conformance worker that runs. */
final class WorkerProcess implements AutoCloseable {

    private static final String JAVA = "java";
    private static final int LOG_SHOWN = 4000;

    private final Process process;
    private final Path log;

    /**
     * @param url of the service
     * @param options {@code worker} of a scenario
     */
    WorkerProcess(WorkerKind kind, String url, String name, String queue, JsonNode options) throws IOException {
        log = Files.createTempFile("conformance-" + name + "-", ".log");
        List<String> command = new ArrayList<>(kind.command());
        if (command.get(0).equals(JAVA)) {
            command.set(0, ProcessHandle.current().info().command().orElse(JAVA));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().remove("MAINSTAY_KEY");
        builder.environment()
                .putAll(Map.of(
                        "MAINSTAY_URL",
                        url,
                        "MAINSTAY_WORKER",
                        name,
                        "MAINSTAY_QUEUE",
                        queue,
                        "MAINSTAY_CONCURRENCY",
                        options.path("concurrency").asText("1"),
                        "MAINSTAY_LEASE",
                        options.path("lease").asText("PT10S"),
                        "MAINSTAY_GRACE",
                        options.path("grace").asText("2")));
        process = builder.start();
    }

    /** SIGSTOP (true) or SIGCONT, to the programs that it runs, too. */
    void freeze(boolean frozen) {
        Signals.freeze(process.pid(), frozen);
        process.descendants().forEach(each -> {
            try {
                Signals.freeze(each.pid(), frozen);
            } catch (IllegalStateException e) {
                if (each.isAlive()) {
                    throw e;
                }
            }
        });
    }

    void kill() {
        all().forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGTERM. */
    void terminate(Duration within) {
        process.destroy();
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("runs on " + within + " after SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("ended with status " + process.exitValue());
        }
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** The end of what it wrote. */
    String log() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - LOG_SHOWN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
