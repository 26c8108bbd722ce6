package io.mainstay.redis;

import io.mainstay.process.Ports;
import io.mainstay.process.Signals;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisServer;

/** A real redis-server that one test may do to what it likes: kill, start again where it was, freeze, command. */
public final class OwnRedis implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final int port = Ports.free();
    private String login = "default:none";
    private RedisServer server;
    private ProcessHandle process;

    public OwnRedis() {
        start();
    }

    public int port() {
        return port;
    }

    /** To be called after {@link #kill()}. */
    public void start() {
        try {
            server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("no redis-server", e);
        }
        process = ProcessHandle.of(pid()).orElseThrow();
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        stop();
    }

    /** Stops the process as {@code kill -STOP} does, or lets it go on. */
    public void freeze(boolean frozen) {
        Signals.freeze(process.pid(), frozen);
    }

    /** Has {@link #run} go on under that login. */
    public void logIn(String user, String password) {
        login = user + ":" + password;
    }

    /**
     * Sends a command on a connection of its own.
     *
     * @param line its words with one space between them
     * @param others words with spaces in them, behind those
     */
    public Response run(String line, String... others) {
        String[] words = line.split(" ");
        Request request = Request.cmd(Command.create(words[0].toLowerCase(Locale.ROOT)));
        Arrays.stream(words).skip(1).forEach(request::arg);
        Arrays.stream(others).forEach(request::arg);
        Redis client = Redis.createClient(vertx, "redis://" + login + "@127.0.0.1:" + port);
        try {
            return client.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } finally {
            client.close();
        }
    }

    /** Connections there are, without that of this call. */
    public long connections() {
        return run("CLIENT LIST")
                .toString()
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .count();
    }

    /** Subscribers of a channel. */
    public int subscribers(String channel) {
        return run("PUBSUB NUMSUB " + channel).get(1).toInteger();
    }

    @Override
    public void close() {
        stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private long pid() {
        return run("INFO server")
                .toString()
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("process_id:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    private void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
