package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docs/kubernetes.md. */
final class Guide {

    private static final Path FILE = Path.of("docs", "kubernetes.md");

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(apiVersion: kustomize.*?)```", Pattern.DOTALL);

    private Guide() {}

    /** What it tells to type, each in one line. */
    static List<String> commands() {
        return text().replaceAll("\\\\\\n\\s*", "")
                .lines()
                .filter(line -> line.startsWith("kubectl "))
                .toList();
    }

    /** Rows of its tables that begin with one of these. */
    static List<String> rows(String... firstCells) {
        return text().lines()
                .filter(line -> Stream.of(firstCells).anyMatch(cell -> line.startsWith("| " + cell + " |")))
                .toList();
    }

    /** The overlay that a user writes, for {@code production}. */
    static String example() {
        Matcher block = EXAMPLE.matcher(text());
        assertThat(block.find()).as("the example in %s", FILE).isTrue();
        return block.group(1);
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
