package io.mainstay.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documentation: all Markdown files of the project. */
final class Pages {

    private static final Path ROOT = Path.of("");
    /** What is generated or installed, not written. */
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", "vendor", ".mainstay");

    private Pages() {}

    static List<Path> all() throws IOException {
        return files(ROOT, ".md");
    }

    static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.find(directory, Integer.MAX_VALUE, (file, is) -> is.isRegularFile())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(Pages::ours)
                    .sorted()
                    .toList();
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        return text(Path.of(file));
    }

    /** What the first group of a pattern finds in a text. */
    static TreeSet<String> find(String text, Pattern pattern) {
        return matches(text, pattern).map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<MatchResult> matches(String text, Pattern pattern) {
        return pattern.matcher(text).results();
    }

    private static boolean ours(Path file) {
        for (Path name : file) {
            if (NOT_OURS.contains(name.toString())) {
                return false;
            }
        }
        return true;
    }
}
