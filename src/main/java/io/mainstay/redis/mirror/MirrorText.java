package io.mainstay.redis.mirror;

import io.mainstay.mirror.Mirror;
import java.util.Locale;
import java.util.Optional;

/** How a queue's {@code meta} says what the store is to it. */
final class MirrorText {

    private MirrorText() {}

    static String write(Mirror mirror) {
        return "%s %d %s".formatted(role(mirror), mirror.epoch(), mirror.run());
    }

    static String role(Mirror mirror) {
        return mirror.role().name().toLowerCase(Locale.ROOT);
    }

    /** @param text empty if it is nothing to it */
    static Optional<Mirror> read(String text) {
        String[] words = text.split(" ", 3);
        return words.length < 3
                ? Optional.empty()
                : Optional.of(new Mirror(
                        Mirror.Role.valueOf(words[0].toUpperCase(Locale.ROOT)), Long.parseLong(words[1]), words[2]));
    }
}
