package io.mainstay.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import redis.embedded.RedisServer;

/** Starts a redis-server on a free loopback port, with its append-only file on, and ends it. */
final class RedisServerLauncher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RedisServerLauncher.class);

    private final RedisServer server;
    private final URI address;

    RedisServerLauncher(EmbeddedConfig config) {
        try {
            Path directory = directory(config);
            server = RedisServer.newRedisServer()
                    .port(freePort())
                    .bind("127.0.0.1")
                    .setting("dir " + directory)
                    .setting("appendonly yes")
                    .setting("save \"\"")
                    .build();
            server.start();
            address = URI.create("redis://127.0.0.1:" + server.ports().get(0));
            LOG.infof("Embedded Redis at %s, data in %s", address, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded Redis does not start", e);
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            LOG.warnf(e, "The embedded Redis at %s did not stop cleanly", address);
        }
    }

    private static Path directory(EmbeddedConfig config) throws IOException {
        if (config.embeddedDirectory().isPresent()) {
            return Files.createDirectories(config.embeddedDirectory().get().toAbsolutePath());
        }
        return Files.createTempDirectory("mainstay-redis-");
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
