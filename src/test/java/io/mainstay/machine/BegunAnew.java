package io.mainstay.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The tests that one run of Maven began anew, a line each. A run has several JVMs; each has a file of its own. */
final class BegunAnew {

    private final Path directory;
    private final Path mine;

    /** @param directory of the run */
    BegunAnew(Path directory) {
        this.directory = directory;
        mine = directory.resolve(ProcessHandle.current().pid() + ".txt");
    }

    void add(String line) {
        try {
            Files.createDirectories(directory);
            Files.write(mine, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all JVMs so far. */
    List<String> all() {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().flatMap(file -> lines(file).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
