package io.mainstay.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What requests are held to before anybody looks at what they ask for. */
@ConfigMapping(prefix = "mainstay.rest")
public interface RestConfig {

    /**
     * Origins ({@code https://console.example}, comma-separated) whose pages may change something, besides the one that the
     * request is sent to; none: no other. Needed also for pages of this service behind a proxy that changes {@code Host}.
     */
    Optional<List<String>> allowedOrigins();

    /**
     * Time in which the line and the headers of a request must come, PT1S to PT5M: the first one's from when its connection was
     * accepted, any other's from its first byte. Then the connection is closed. Short: callers on bad networks are cut off, and so are
     * connections that are opened in advance; long: whoever opens many and sends little holds them for that long.
     */
    @WithDefault("PT10S")
    Duration headTimeout();

    /**
     * How long a body may come without a byte, PT1S to PT5M; then the request is answered with 408. Short: callers on bad
     * networks are cut off; long: idle ones hold what they hold for that long.
     */
    @WithDefault("PT10S")
    Duration bodyIdle();

    /**
     * Bytes a second that a body must bring on average, beyond {@code body-idle} in all, 1 to 1G. Bounds how long the
     * largest body may take.
     */
    @WithDefault("16K")
    MemorySize bodyMinRate();
}
