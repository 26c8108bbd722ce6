package io.mainstay.redis.connection.fault;

import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is behind a failure. */
final class Causes {

    private static final int MOST = 20;

    private Causes() {}

    static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return any(failure, kind::isInstance);
    }

    static boolean says(Throwable failure, String words) {
        return any(
                failure, each -> each.getMessage() != null && each.getMessage().contains(words));
    }

    private static boolean any(Throwable failure, Predicate<Throwable> wanted) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST)
                .anyMatch(wanted);
    }
}
