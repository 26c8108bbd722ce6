package io.mainstay.job;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A JSON value kept as its text: payloads and results pass through Mainstay without being parsed. The creator guarantees that
 * the text is valid JSON.
 *
 * @param text the JSON text; {@code null} (the JSON value) if it was left out
 * @param leftOut size in bytes of a text that was not read with the rest of its job; -1 if nothing was left out
 */
public record Json(String text, long leftOut) {

    /** The JSON value {@code null}. */
    public static final Json NULL = new Json("null");

    private static final long NOTHING = -1;

    public Json {
        Objects.requireNonNull(text, "text");
    }

    public Json(String text) {
        this(text, NOTHING);
    }

    /** One of which only the size is known. */
    public static Json leftOut(long bytes) {
        return new Json("null", bytes);
    }

    public boolean isLeftOut() {
        return leftOut != NOTHING;
    }

    /** Size of the text in bytes of UTF-8, the unit that payload limits are given in. */
    public long bytes() {
        return isLeftOut() ? leftOut : text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return text;
    }
}
