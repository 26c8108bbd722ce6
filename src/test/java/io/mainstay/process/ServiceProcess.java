package io.mainstay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One packaged instance of the service, started from target/quarkus-app, or as the native binary if there is one to be
 * tested, and ended by its pid.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    /** Set by the Maven profile "native". */
    private static final String NATIVE = System.getProperty("native.image.path");

    private static final String SECURITY = "mainstay.security.";

    private static final Duration START_DEADLINE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;
    private volatile String key = "";

    /**
     * How the process is begun.
     *
     * @param prefix stands before the command; empty, or a program that goes on as the command it is given
     * @param options of the JVM, or of the native binary
     */
    record Launch(List<String> prefix, List<String> options) {

        static final Launch PLAIN = new Launch(List.of(), jvmOptions());

        /** Maven may have more, where nothing is measured. */
        private static List<String> jvmOptions() {
            List<String> options = new ArrayList<>(List.of("-Xmx256m"));
            String more = System.getProperty("mainstay.tests.jvm", "");
            if (NATIVE == null && !more.isEmpty()) {
                options.addAll(List.of(more.split(" ")));
            }
            return options;
        }
    }

    /** @param config system properties of the service; unless they speak of security, callers need no keys */
    public ServiceProcess(String redis, Map<String, String> config) {
        this(redis, config, Map.of());
    }

    /**
     * @param config system properties of the service
     * @param environment what it gets besides the environment of this process
     */
    public ServiceProcess(String redis, Map<String, String> config, Map<String, String> environment) {
        this(redis, config, environment, Launch.PLAIN);
    }

    ServiceProcess(String redis, Map<String, String> config, Map<String, String> environment, Launch launch) {
        this(JAR, redis, config, environment, launch);
    }

    /** Another application's: one that has the service as a library. */
    public static ServiceProcess ofJar(Path jar, String redis, Map<String, String> config) {
        return new ServiceProcess(jar, redis, config, Map.of(), Launch.PLAIN);
    }

    private ServiceProcess(
            Path jar, String redis, Map<String, String> config, Map<String, String> environment, Launch launch) {
        try {
            port = Ports.free();
            managementPort = Ports.freeBesides(port);
            log = Files.createTempFile("mainstay-process-", ".log");
            List<String> command = new ArrayList<>(launch.prefix());
            command.add(
                    NATIVE == null ? ProcessHandle.current().info().command().orElse("java") : NATIVE);
            command.addAll(launch.options());
            command.add("-Dquarkus.redis.hosts=" + redis);
            command.add("-Dquarkus.http.host=127.0.0.1");
            command.add("-Dquarkus.http.port=" + port);
            command.add("-Dquarkus.management.port=" + managementPort);
            if (config.keySet().stream().noneMatch(key -> key.startsWith(SECURITY))) {
                command.add("-D" + SECURITY + "enabled=false");
            }
            config.forEach((key, value) -> command.add("-D" + key + "=" + value));
            if (NATIVE == null) {
                command.add("-jar");
                command.add(jar.toString());
            }
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the service does not start", e);
        }
    }

    /** Runs a command of the program in place of the service. */
    public static Process command(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        if (NATIVE == null) {
            command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-jar", JAR.toString()));
        } else {
            command.add(NATIVE);
        }
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** From here on requests are sent with this key. */
    public ServiceProcess withKey(String apiKey) {
        key = apiKey;
        return this;
    }

    public ServiceProcess awaitReady() {
        Awaitility.await("ready, see " + log)
                .atMost(START_DEADLINE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status("/q/health/ready") == 200);
        return this;
    }

    /** On the port that the path is served on: probes and metrics have one of their own. */
    public URI uri(String path) {
        boolean management = path.startsWith("/q/health") || path.startsWith("/q/metrics");
        return URI.create("http://127.0.0.1:" + (management ? managementPort : port) + path);
    }

    /** Status of a GET, or 0 if nobody answers. */
    public int status(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri(path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public String delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /** Body: JSON. */
    public String post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Body: JSON. */
    public String put(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder request) {
        try {
            if (!key.isEmpty()) {
                request.header("Authorization", "Bearer " + key);
            }
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The value of a counter: of one label set, or of all of them added up. */
    public double metric(String name) {
        return get("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** kill -9: no goodbye. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM. */
    public void requestEnd() {
        process.destroy();
    }

    /** SIGSTOP (true) or SIGCONT. */
    public void freeze(boolean frozen) {
        Signals.freeze(process.pid(), frozen);
    }

    public void awaitExit() {
        Awaitility.await("exit, see " + log).atMost(START_DEADLINE).until(() -> !process.isAlive());
    }

    /** Whether it ended within that time. */
    public boolean awaitExit(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
