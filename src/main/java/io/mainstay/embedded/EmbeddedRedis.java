package io.mainstay.embedded;

import io.quarkus.arc.properties.UnlessBuildProperty;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;
import redis.embedded.RedisServer;

/** A real redis-server on a free loopback port, its append-only file on. Left out of native images. */
@ApplicationScoped
@UnlessBuildProperty(name = "quarkus.native.enabled", stringValue = "true", enableIfMissing = true)
class EmbeddedRedis implements LocalRedis {

    private static final Logger LOG = Logger.getLogger(EmbeddedRedis.class);
    private static final int TRIES = 3;

    private final EmbeddedConfig config;
    private final IntSupplier ports;
    private RedisServer server;

    @Inject
    EmbeddedRedis(EmbeddedConfig config) {
        this(config, EmbeddedRedis::freePort);
    }

    EmbeddedRedis(EmbeddedConfig config, IntSupplier ports) {
        this.config = config;
        this.ports = ports;
    }

    @Override
    public synchronized URI start() {
        try {
            if (server == null) {
                server = launch();
            }
            return URI.create("redis://127.0.0.1:" + server.ports().get(0));
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded Redis does not start", e);
        }
    }

    @PreDestroy
    synchronized void stop() {
        try {
            if (server != null) {
                server.stop();
            }
        } catch (IOException e) {
            LOG.warn("The embedded Redis did not stop cleanly", e);
        }
    }

    private RedisServer launch() throws IOException {
        Path directory = directory();
        for (int tried = 1; ; tried++) {
            try {
                return launch(directory, ports.getAsInt());
            } catch (IOException e) {
                // Somebody may have taken the port between its choice and its use.
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static RedisServer launch(Path directory, int port) throws IOException {
        RedisServer launched = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("dir " + directory)
                .setting("appendonly yes")
                .setting("save \"\"")
                .build();
        launched.start();
        LOG.infof("Embedded Redis on port %d, its data in %s", port, directory);
        return launched;
    }

    private Path directory() throws IOException {
        return config.embeddedDirectory().isPresent()
                ? Files.createDirectories(config.embeddedDirectory().get().toAbsolutePath())
                : Files.createTempDirectory("mainstay-redis-");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
