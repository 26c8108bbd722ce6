package io.mainstay.redis;

import io.mainstay.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import redis.embedded.RedisServer;

/** One real redis-server for the store tests of a JVM. */
public final class RedisServerForTests {

    private static RedisServer server;

    private RedisServerForTests() {}

    public static synchronized String address() {
        if (server == null) {
            server = start();
        }
        return "redis://127.0.0.1:" + server.ports().get(0);
    }

    private static RedisServer start() {
        try {
            RedisServer started = RedisServer.newRedisServer()
                    .port(Ports.free())
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            started.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started)));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("no redis-server for the tests", e);
        }
    }

    private static void stop(RedisServer started) {
        try {
            started.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
