package io.mainstay.redis.connection;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** No connection comes about because of how it is configured. The message is one sentence that names the key to set. */
public final class MisconfiguredException extends LinkLostException {

    private static final long serialVersionUID = 1L;

    private static final int MOST_CAUSES = 20;

    public MisconfiguredException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The sentence, if that is what is behind a failure. */
    static Optional<String> sentence(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(MisconfiguredException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }
}
