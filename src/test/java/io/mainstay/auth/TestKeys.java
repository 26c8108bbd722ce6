package io.mainstay.auth;

import io.mainstay.auth.key.NewKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Keys as the command makes them, and files of them. */
public final class TestKeys {

    private TestKeys() {}

    /** @param grant name, roles, queues, and perhaps payload, with spaces between */
    public static String line(String grant) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = NewKey.run(Arrays.asList(grant.split(" ")), new PrintStream(out, true), System.err);
        if (code != 0) {
            throw new IllegalArgumentException(grant);
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    public static String keyOf(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** A file that goes with the process. */
    public static Path file(String... lines) {
        try {
            Path file = Files.createTempFile("mainstay-keys-", "");
            file.toFile().deleteOnExit();
            return Files.write(file, List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with another character at a place. */
    static String changed(String key, int place) {
        char other = key.charAt(place) == 'a' ? 'b' : 'a';
        return key.substring(0, place) + other + key.substring(place + 1);
    }
}
