package io.mainstay.queue.attempt;

import java.util.Objects;
import java.util.regex.Pattern;

/** Cuts texts of handlers and workers to what is kept of them. */
public final class Truncation {

    /** What would end a line, for any reader, and what no terminal should be shown. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private Truncation() {}

    /** @param most characters; a longer text ends with an ellipsis */
    public static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        // Half a surrogate pair cannot be written as UTF-8.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** The same, on one line. */
    public static String onOneLine(String text, int most) {
        String printable =
                UNPRINTABLE.matcher(Objects.requireNonNull(text, "text")).replaceAll(" ");
        return shortened(printable, most);
    }
}
