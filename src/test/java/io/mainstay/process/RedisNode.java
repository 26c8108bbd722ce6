package io.mainstay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One redis-server ({@link RedisProgram}, or {@link OtherRedis}) on loopback, that can be killed, frozen and started again where it was.
 */
public final class RedisNode implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    /** A directory from 7.0 on. */
    private static final List<String> AOF = List.of("appendonlydir", "appendonly.aof");

    private static final String DUMP = "dump.rdb";
    private static final String CERTIFICATE = "tls-cert-file ";

    private final Path directory;
    private final int port;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final RedisCommands commands;
    private Process process;

    private RedisNode(
            Path directory, RedisCommands commands, int port, List<String> arguments, Map<String, String> environment) {
        this.directory = directory;
        this.commands = commands;
        this.port = port;
        this.arguments = arguments;
        this.environment = environment;
        run();
    }

    /**
     * Starts a server that keeps an append-only file, without waiting for it.
     *
     * @param settings lines of redis.conf, each one element
     */
    public static RedisNode start(String... settings) {
        return start(Map.of(), settings);
    }

    /**
     * The same, with an environment of its own.
     *
     * @param environment what it gets besides the environment of this process
     */
    public static RedisNode start(Map<String, String> environment, String... settings) {
        List<String> all = new ArrayList<>(List.of("appendonly yes", "save \"\"", "repl-diskless-sync-delay 0"));
        all.addAll(List.of(settings));
        return start(RedisProgram.path(), List.of(), all, environment);
    }

    /** As {@link #start(String...)}, with another program; without an append-only file unless the settings want one. */
    public static RedisNode start(OtherRedis program, String... settings) {
        List<String> all = new ArrayList<>(List.of("save \"\""));
        all.addAll(List.of(settings));
        return start(program.path(), List.of(), all, Map.of());
    }

    /** Starts a sentinel, without waiting for it. */
    static RedisNode startSentinel(String... settings) {
        return start(RedisProgram.path(), List.of("--sentinel"), List.of(settings), Map.of());
    }

    private static RedisNode start(
            String program, List<String> options, List<String> settings, Map<String, String> environment) {
        try {
            int port = settings.contains("cluster-enabled yes") ? Ports.freeWithBus() : Ports.free();
            Path directory = Files.createTempDirectory("mainstay-node-");
            List<String> lines = new ArrayList<>(List.of("bind " + HOST, "dir " + directory));
            if (settings.stream().noneMatch(line -> line.startsWith("tls-port"))) {
                lines.add("port " + port);
            }
            settings.forEach(line -> lines.add(line.replace("<port>", Integer.toString(port))));
            Path file = Files.write(directory.resolve("redis.conf"), lines);
            List<String> arguments = new ArrayList<>(List.of(program, file.toString()));
            arguments.addAll(options);
            return new RedisNode(directory, commands(port, settings), port, arguments, environment);
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server cannot be configured", e);
        }
    }

    private static RedisCommands commands(int port, List<String> settings) {
        return settings.stream()
                .filter(line -> line.startsWith(CERTIFICATE))
                .map(line -> RedisCommands.overTls(port, Path.of(line.substring(CERTIFICATE.length()))))
                .findFirst()
                .orElseGet(() -> new RedisCommands(port));
    }

    public int port() {
        return port;
    }

    /** As quarkus.redis.hosts wants it. */
    public String address() {
        return "redis://" + HOST + ":" + port;
    }

    /** What the server wrote to its log. */
    public Path log() {
        return directory.resolve("redis.log");
    }

    public RedisNode awaitUp() {
        Awaitility.await("an answer, see " + log())
                .atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> call("PING").equals("PONG"));
        return this;
    }

    /** Sends one command and answers with what redis-cli would print; if nobody answers, with a text that says so. */
    public String call(String... command) {
        return commands.call(command);
    }

    /** CPU that it has used since it was started, in seconds. */
    public double cpuSeconds() {
        return call("INFO", "cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:"))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(line.indexOf(':') + 1).trim()))
                .sum();
    }

    /** kill -9; its data stay for {@link #restart()}. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Starts it again on the same port with the same data. Returns at once. */
    public void restart() {
        kill();
        run();
    }

    /** Kills it and starts it on the same port without any data. Returns at once. */
    public void restartEmpty() {
        kill();
        AOF.forEach(name -> delete(directory.resolve(name)));
        delete(directory.resolve(DUMP));
        run();
    }

    /** Writes what it holds now into a file, for {@link #restartFrom}. */
    public void dumpTo(Path dump) {
        commands.dumpTo(dump);
    }

    /** Kills it and starts it on the same port with the data of a dump; returns when its append-only file has them, too. */
    public void restartFrom(Path dump) {
        kill();
        AOF.forEach(name -> delete(directory.resolve(name)));
        try {
            Files.copy(dump, directory.resolve(DUMP), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("no dump to start from", e);
        }
        // With an append-only file configured and none there, Redis would not look at the dump.
        run("--appendonly", "no");
        awaitUp();
        call("CONFIG", "SET", "appendonly", "yes");
        Awaitility.await("append-only file is written, see " + log())
                .atMost(DEADLINE)
                .until(() -> call("INFO", "persistence").contains("aof_rewrite_in_progress:0")
                        && call("INFO", "persistence").contains("aof_rewrite_scheduled:0"));
    }

    /** SIGSTOP (true) or SIGCONT: it keeps its connections and answers nothing. */
    public void freeze(boolean frozen) {
        Signals.freeze(process.pid(), frozen);
    }

    @Override
    public void close() {
        kill();
        delete(directory);
    }

    private static void delete(Path fileOrDirectory) {
        if (!Files.exists(fileOrDirectory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(fileOrDirectory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("left behind: " + fileOrDirectory, e);
        }
    }

    private void run(String... options) {
        List<String> line = new ArrayList<>(arguments);
        line.addAll(List.of(options));
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server does not start", e);
        }
    }
}
