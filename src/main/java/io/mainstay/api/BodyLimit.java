package io.mainstay.api;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The largest request body, in bytes, as Quarkus is told it too. */
@Singleton
class BodyLimit {

    private final long bytes;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") Optional<MemorySize> limit) {
        this.bytes = limit.map(MemorySize::asLongValue).orElse(Long.MAX_VALUE);
    }

    boolean allows(long size) {
        return size <= bytes;
    }

    Problem problem() {
        return HttpProblem.of(413).withLimit(bytes);
    }
}
