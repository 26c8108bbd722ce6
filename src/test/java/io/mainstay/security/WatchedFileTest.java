package io.mainstay.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {

    @TempDir
    private Path folder;

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("line 1: it is no number");
        }
    }

    @Test
    void aChangeIsTakenOverWhateverItsTime() throws IOException {
        Path file = write("file", "1");
        WatchedFile<Integer> watched = new WatchedFile<>("some.key", file, WatchedFileTest::number);
        FileTime before = Files.getLastModifiedTime(file);

        write("file", "2");
        Files.setLastModifiedTime(file, before);
        watched.look();

        assertThat(watched.get()).isEqualTo(2);
    }

    /** As Kubernetes does it: file → ..data/file, ..data → ..2026. */
    @Test
    void aLinkThatLeadsElsewhereIsAChange() throws IOException {
        Files.createDirectories(folder.resolve("old"));
        Files.createDirectories(folder.resolve("new"));
        write("old/file", "1");
        write("new/file", "2");
        Files.createSymbolicLink(folder.resolve("data"), folder.resolve("old"));
        Path file = Files.createSymbolicLink(folder.resolve("file"), Path.of("data", "file"));
        WatchedFile<Integer> watched = new WatchedFile<>("some.key", file, WatchedFileTest::number);

        Files.createSymbolicLink(folder.resolve("data.tmp"), folder.resolve("new"));
        Files.move(folder.resolve("data.tmp"), folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
        watched.look();

        assertThat(watched.get()).isEqualTo(2);
    }

    @Test
    void whatCannotBeUsedLeavesTheOldOneInForceAndIsLoggedOnceWithoutWhatItSays() throws IOException {
        List<String> logged = new ArrayList<>();
        Handler listener = listener(logged);
        Logger logger = Logger.getLogger(WatchedFile.class.getName());
        logger.addHandler(listener);
        try {
            Path file = write("file", "1");
            WatchedFile<Integer> watched = new WatchedFile<>("some.key", file, WatchedFileTest::number);
            write("file", "s3cret");
            watched.look();
            watched.look();
            assertThat(watched.get()).isEqualTo(1);
            assertThat(logged)
                    .singleElement()
                    .asString()
                    .contains("some.key", "line 1")
                    .doesNotContain("s3cret");

            Files.delete(file);
            watched.look();
            watched.look();
            assertThat(watched.get()).isEqualTo(1);
            assertThat(logged).hasSize(2);

            write("file", "3");
            watched.look();
            assertThat(watched.get()).isEqualTo(3);
        } finally {
            logger.removeHandler(listener);
        }
    }

    @Test
    void whatCannotBeUsedAtFirstStopsTheStart() throws IOException {
        Path file = write("file", "s3cret");

        assertThatThrownBy(() -> new WatchedFile<>("some.key", file, WatchedFileTest::number))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("some.key")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> new WatchedFile<>("some.key", folder.resolve("none"), WatchedFileTest::number))
                .isInstanceOf(IllegalStateException.class);
        Path large = write("large", "1".repeat(WatchedFile.LARGEST + 1));
        assertThatThrownBy(() -> new WatchedFile<>("some.key", large, String::length))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Handler listener(List<String> messages) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                    messages.add(String.format(record.getMessage(), record.getParameters()));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
