package io.mainstay.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.auth.TestKeys;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysFileTest {

    private static final String LINE = TestKeys.line("shop producer,reader orders,mail.* payload");
    private static final String OTHER = TestKeys.line("ops operator *");

    @TempDir
    Path directory;

    @Test
    void linesAreCallers() throws IOException {
        Path file = write("# of the shop", "", LINE, "\t " + OTHER.replace(" ", " \t ") + "  \r");

        KeysFile keys = new KeysFile(file);

        assertThat(keys.keys()).containsOnlyKeys(id(LINE), id(OTHER));
        assertThat(keys.keys().get(id(LINE)).caller())
                .isEqualTo(new Caller(
                        id(LINE),
                        "shop",
                        Set.of(Role.PRODUCER, Role.READER),
                        new QueuePatterns(List.of("orders", "mail.*")),
                        true));
        assertThat(keys.keys().get(id(OTHER)).caller())
                .isEqualTo(new Caller(id(OTHER), "ops", Set.of(Role.OPERATOR, Role.READER), QueuePatterns.ALL, false));
        assertThat(keys.keys().get(id(LINE)).hash())
                .isEqualTo(KeyHash.of(TestKeys.keyOf(LINE).getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "shop reader *;first word is not a valid key",
                "KEY;its name is missing or wrong",
                "KEY shop;its roles is missing or wrong",
                "KEY shop reader;its queues is missing or wrong",
                "KEY shop reader * payloads;its payload is missing or wrong",
                "KEY shop reader * payload more;its payload is missing or wrong",
                "KEY shop READER *;its roles is missing or wrong",
                "KEY shop reader,, *;its roles is missing or wrong",
                "KEY shop reader a,;its queues is missing or wrong",
                "KEY shop reader a*b;its queues is missing or wrong",
                "KEY sh/op reader *;its name is missing or wrong",
                "KEY reader KEY *;its roles is missing or wrong",
                "KEYx shop reader *;first word is not a valid key",
                "PLACEHOLDER shop reader *;the placeholder of the documentation",
            })
    void wrongLinesAreNamedAndNotQuoted(String line, String reason) throws IOException {
        String key = TestKeys.keyOf(LINE);
        Path file = write(OTHER, line.replace("KEY", key).replace("PLACEHOLDER", KeyFormat.PLACEHOLDER));

        assertThatThrownBy(() -> new KeysFile(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mainstay.security.keys-file")
                .hasMessageContaining("line 2: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining(key.substring(16));
    }

    @Test
    void sameKeyTwiceIsRefused() throws IOException {
        Path file = write(LINE, TestKeys.keyOf(LINE) + " other reader *");

        assertThatThrownBy(() -> new KeysFile(file)).hasMessageContaining("line 2: another line has the same key id");
    }

    @Test
    void fileWithoutKeysAndNoFileAreRefused() throws IOException {
        assertThatThrownBy(() -> new KeysFile(write("# none"))).hasMessageContaining("it has no keys");
        assertThatThrownBy(() -> new KeysFile(directory.resolve("none"))).hasMessageContaining("cannot be read");
    }

    /** As the kubelet does it: a link to a directory that is another one from then on. */
    @Test
    void fileIsReadAgainWhenALinkOnTheWayIsTurned() throws IOException {
        Path first = Files.createDirectory(directory.resolve("..1"));
        Path second = Files.createDirectory(directory.resolve("..2"));
        Files.writeString(first.resolve("keys"), LINE);
        Files.writeString(second.resolve("keys"), OTHER);
        Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
        Path keys = Files.createSymbolicLink(directory.resolve("keys"), Path.of("..data", "keys"));
        KeysFile file = new KeysFile(keys);
        assertThat(file.keys()).containsOnlyKeys(id(LINE));

        Path turned = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
        Files.move(turned, data, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        file.look();

        assertThat(file.keys()).containsOnlyKeys(id(OTHER));
    }

    @Test
    void anotherContentCountsWhateverTheFileSystemSaysOfIt() throws IOException {
        String sameLength = TestKeys.line("shop producer,reader orders,mail.* payload");
        Path path = write(LINE);
        FileTime written = Files.getLastModifiedTime(path);
        KeysFile file = new KeysFile(path);

        write(sameLength);
        Files.setLastModifiedTime(path, written);
        file.look();

        assertThat(file.keys()).containsOnlyKeys(id(sameLength));
    }

    @Test
    void brokenFileLeavesTheKeysAsTheyAreAndIsLoggedOnceWithoutTheSecret() throws IOException {
        Path path = write(LINE);
        KeysFile file = new KeysFile(path);
        List<String> log = new ArrayList<>();
        Handler listener = listenTo(log);
        try {
            write("reader " + TestKeys.keyOf(OTHER));
            file.look();
            file.look();
            assertThat(file.keys()).containsOnlyKeys(id(LINE));
            assertThat(log).hasSize(1).allSatisfy(line -> assertThat(line)
                    .contains("cannot be used")
                    .doesNotContain(TestKeys.keyOf(OTHER).substring(16)));

            Files.delete(path);
            file.look();
            assertThat(file.keys()).containsOnlyKeys(id(LINE));

            write(OTHER);
            file.look();
            assertThat(file.keys()).containsOnlyKeys(id(OTHER));
        } finally {
            Logger.getLogger(KeysFile.class.getName()).removeHandler(listener);
        }
    }

    private static Handler listenTo(List<String> log) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                log.add(new java.util.logging.SimpleFormatter().formatMessage(record)
                        + String.format(record.getMessage(), record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger(KeysFile.class.getName()).addHandler(handler);
        return handler;
    }

    private Path write(String... lines) throws IOException {
        return Files.write(directory.resolve("plain"), List.of(lines));
    }

    private static String id(String line) {
        return line.substring(3, 15);
    }
}
