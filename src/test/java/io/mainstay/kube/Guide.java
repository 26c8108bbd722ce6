package io.mainstay.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** docs/kubernetes.md. */
final class Guide {

    private static final Path FILE = Path.of("docs", "kubernetes.md");

    private Guide() {}

    /** What it tells to type, each in one line. */
    static List<String> commands() {
        try {
            return Files.readString(FILE)
                    .replaceAll("\\\\\\n\\s*", "")
                    .lines()
                    .filter(line -> line.startsWith("kubectl "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
