package io.mainstay.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {

    /** Its checksum was worked out by another implementation of CRC-32. */
    private static final String EXAMPLE = "ms_abcDEF012345_" + "Zz9".repeat(14) + "q";

    private final SecureRandom random = new SecureRandom();

    @Test
    void generatedKeysAreKeysAndDiffer() {
        Set<String> ids = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            byte[] key = KeyFormat.generate(random);
            assertThat(KeyFormat.isKey(key)).isTrue();
            String text = new String(key, StandardCharsets.US_ASCII);
            assertThat(text).matches("ms_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}");
            assertThat(KeyFormat.idOf(key)).isEqualTo(text.substring(3, 15));
            ids.add(KeyFormat.idOf(key));
            keys.add(text);
        }
        assertThat(ids).hasSize(1000);
        assertThat(keys).hasSize(1000);
    }

    @Test
    void checksumIsTheOneOfTheDesign() {
        assertThat(isKey(EXAMPLE + "31BLaz")).isTrue();
        assertThat(isKey(KeyFormat.PLACEHOLDER)).isTrue();
    }

    /** No other key stands there: somebody would use it. */
    @Test
    void documentationShowsThePlaceholderAlone() throws IOException {
        String page = Files.readString(Path.of("docs/security.md"));

        assertThat(Pattern.compile("ms_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}")
                        .matcher(page)
                        .results()
                        .map(MatchResult::group))
                .hasSize(2)
                .containsOnly(KeyFormat.PLACEHOLDER);
    }

    @Test
    void oneCharacterChangedIsNoKey() {
        byte[] key = KeyFormat.generate(random);
        for (int place = 0; place < key.length; place++) {
            byte[] changed = key.clone();
            changed[place] = (byte) (changed[place] == 'a' ? 'b' : 'a');
            assertThat(KeyFormat.isKey(changed)).as("place %d", place).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ms_", "ms", "_", "ms_000000000000", "é"})
    void otherTextIsNoKey(String text) {
        assertThat(isKey(text)).isFalse();
        assertThat(isKey(KeyFormat.PLACEHOLDER + text)).isEqualTo(text.isEmpty());
        assertThat(isKey(text + KeyFormat.PLACEHOLDER)).isEqualTo(text.isEmpty());
        assertThat(isKey(KeyFormat.PLACEHOLDER.toUpperCase(java.util.Locale.ROOT)))
                .isFalse();
    }

    private static boolean isKey(String text) {
        return KeyFormat.isKey(text.getBytes(StandardCharsets.UTF_8));
    }
}
