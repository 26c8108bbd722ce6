package io.mainstay.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisServer;

/** A real redis-server that one test may do to what it likes. */
final class OwnRedis implements AutoCloseable {

    private static final long ANSWER_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final RedisServer server;
    private Redis admin;
    private String pid;

    OwnRedis() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        logIn("default", "none");
    }

    int port() {
        return port;
    }

    /** Has {@link #run} go on under that login. */
    void logIn(String user, String password) {
        if (admin != null) {
            admin.close();
        }
        admin = Redis.createClient(vertx, "redis://" + user + ":" + password + "@127.0.0.1:" + port);
    }

    /** @param line a command, its words with one space between them */
    Response run(String line) throws Exception {
        String[] words = line.split(" ");
        Request request = Request.cmd(Command.create(words[0].toLowerCase(Locale.ROOT)));
        Arrays.stream(words).skip(1).forEach(request::arg);
        return admin.send(request).toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Connections there are, without those of {@link #run}. */
    long connections() throws Exception {
        return run("CLIENT LIST")
                .toString()
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .count();
    }

    /** Stops the process as {@code kill -STOP} does, or lets it go on. */
    void freeze(boolean frozen) throws Exception {
        new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", pid()).start().waitFor();
    }

    /** To be asked while it still answers. */
    String pid() throws Exception {
        if (pid == null) {
            pid = run("INFO server")
                    .toString()
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("process_id:".length())
                    .strip();
        }
        return pid;
    }

    @Override
    public void close() throws IOException {
        admin.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.stop();
    }
}
