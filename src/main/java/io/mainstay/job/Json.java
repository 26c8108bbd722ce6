package io.mainstay.job;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A JSON value kept as its text: payloads and results travel through Mainstay without being taken apart.
 * Whoever makes one vouches that the text is valid JSON.
 *
 * @param text the JSON text
 */
public record Json(String text) {

    /** The JSON value {@code null}. */
    public static final Json NULL = new Json("null");

    public Json {
        Objects.requireNonNull(text, "text");
    }

    /** Size of the text in bytes of UTF-8, the unit that payload limits are given in. */
    public int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return text;
    }
}
