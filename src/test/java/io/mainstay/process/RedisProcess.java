package io.mainstay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import redis.embedded.RedisServer;

/** A real redis-server with its append-only file on. */
final class RedisProcess implements AutoCloseable {

    private final RedisServer server;

    RedisProcess() {
        try {
            server = RedisServer.newRedisServer()
                    .port(Ports.free())
                    .bind("127.0.0.1")
                    .setting("dir " + Files.createTempDirectory("mainstay-it-"))
                    .setting("appendonly yes")
                    .setting("save \"\"")
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("no redis-server", e);
        }
    }

    String address() {
        return "redis://127.0.0.1:" + port();
    }

    int port() {
        return server.ports().get(0);
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
