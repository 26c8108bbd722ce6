package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.process.RedisNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/** The user that docs/redis-model.md tells people to make: with no more rights than Mainstay needs. */
public final class MainstayUser {

    public static final String LOGIN = "mainstay:secret";

    private MainstayUser() {}

    public static void make(RedisNode node) {
        make(node, word -> true);
    }

    /** As the page says, without what Redis 6.0 does not know: rights to channels. */
    public static void makeOnOldest(RedisNode node) {
        make(node, word -> !word.equals("resetchannels") && !word.startsWith("&"));
    }

    private static void make(RedisNode node, Predicate<String> known) {
        try {
            String line = Files.readAllLines(Path.of("docs/redis-model.md")).stream()
                    .map(String::strip)
                    .filter(text -> text.startsWith("ACL SETUSER "))
                    .findFirst()
                    .orElseThrow();
            String[] command = Arrays.stream(line.split(" ")).filter(known).toArray(String[]::new);
            assertThat(node.call(command)).isEqualTo("OK");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
