package io.mainstay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.process.Ports;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    @TempDir
    Path directory;

    @Test
    void portThatSomebodyTookMeanwhileIsReplaced() throws Exception {
        try (ServerSocket taken = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
            int free = Ports.free();
            EmbeddedRedis redis = redis(taken.getLocalPort(), taken.getLocalPort(), free);
            try {
                assertThat(redis.start()).isEqualTo(URI.create("redis://127.0.0.1:" + free));
            } finally {
                redis.stop();
            }
        }
    }

    @Test
    void givesUpWhenThreePortsAreTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            EmbeddedRedis redis = redis(port, port, port, Ports.free());
            assertThatThrownBy(redis::start).isInstanceOf(UncheckedIOException.class);
        }
    }

    private EmbeddedRedis redis(int... ports) {
        PrimitiveIterator.OfInt each = IntStream.of(ports).iterator();
        return new EmbeddedRedis(
                new EmbeddedConfig() {
                    @Override
                    public boolean embedded() {
                        return true;
                    }

                    @Override
                    public Optional<Path> embeddedDirectory() {
                        return Optional.of(directory);
                    }
                },
                each::nextInt);
    }
}
