package io.mainstay.failover.nemesis;

import io.mainstay.process.RedisNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of one redis-server, that can be stepped while it runs; its monotonic clock goes on as it is. By libfaketime
 * of the distribution, which reads the offset from a file at every look.
 */
public final class RedisClock implements AutoCloseable {

    private static final String LIBRARY = "faketime/libfaketime.so.1";
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private final Path offset;

    public RedisClock() {
        try {
            offset = Files.createTempFile("mainstay-clock-", ".offset");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        step(Duration.ZERO);
    }

    /** Whether clocks can be stepped here. */
    public static boolean installed() {
        return library().isPresent();
    }

    /** A server with this clock; with the machine's if clocks cannot be stepped. */
    public RedisNode start(String... settings) {
        return RedisNode.start(library().map(this::environment).orElse(Map.of()), settings);
    }

    /** Shows the machine's time and so much more from now on, or less. */
    public void step(Duration by) {
        try {
            Path next = Files.createTempFile("mainstay-clock-", ".next");
            Files.writeString(next, "%+d".formatted(by.toSeconds()));
            Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment(Path library) {
        return Map.of(
                "LD_PRELOAD",
                // Its initialisation allocates, and jemalloc looks at the clock then: the two would wait for each
                // other.
                library + " libc.so.6",
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1");
    }

    private static Optional<Path> library() {
        try (Stream<Path> places = Files.list(LIBRARIES)) {
            return places.map(place -> place.resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
