package io.mainstay.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a body comes in, its items are the same. */
class ItemReaderTest {

    private static final String MARK = "\ufeff";
    private static final long LIMIT = 1000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20_000})
    void linesAreCutWhereTheyEnd(int atOnce) throws IOException {
        String body = "{\"a\":1}\n\n \t\r\n[\"ü\"]\r\n" + "x".repeat(999) + "\n" + "y".repeat(1001) + "\nlast";

        assertThat(items(body, true, atOnce))
                .containsExactly("{\"a\":1}", "[\"ü\"]\r", "x".repeat(999), "too large", "last");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20_000})
    void elementsAreCutWhereTheyEnd(int atOnce) throws IOException {
        String body = MARK + " [ {\"a\":\"],}\\\"\"}, [1,2] ,\"" + "x".repeat(9000) + "\",3]\n";

        assertThat(items(body, false, atOnce)).containsExactly("{\"a\":\"],}\\\"\"}", " [1,2] ", "too large", "3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20_000})
    void aMarkIsPassedOverAndHalfOfOneIsNot(int atOnce) throws IOException {
        assertThat(items(MARK + "a", true, atOnce)).containsExactly("a");
        assertThat(items(MARK, true, atOnce)).isEmpty();
        assertThat(items("", true, atOnce)).isEmpty();
        assertThat(items("ab", true, atOnce)).containsExactly("ab");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20_000})
    void aBodyMayBeAsLargeAsItsLimit(int atOnce) throws IOException {
        assertThat(items(new ItemReader(body(MARK + "abc\nd", atOnce), true, 8, LIMIT)))
                .containsExactly("abc", "d");
        ItemReader larger = new ItemReader(body(MARK + "abc\nde", atOnce), true, 8, LIMIT);
        assertThatThrownBy(() -> items(larger)).isInstanceOf(BodyTooLargeException.class);
    }

    private static List<String> items(String body, boolean lines, int atOnce) throws IOException {
        return items(new ItemReader(body(body, atOnce), lines, 100_000, LIMIT));
    }

    private static List<String> items(ItemReader reader) throws IOException {
        List<String> items = new ArrayList<>();
        for (Optional<ItemReader.Item> item = reader.next(); item.isPresent(); item = reader.next()) {
            byte[] text = item.get().text();
            items.add(text == null ? "too large" : new String(text, StandardCharsets.UTF_8));
        }
        return items;
    }

    /** @param atOnce bytes that one read brings at most */
    private static InputStream body(String text, int atOnce) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(atOnce, length));
            }
        };
    }
}
