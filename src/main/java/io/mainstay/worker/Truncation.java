package io.mainstay.worker;

/** Cuts texts of handlers to what is kept of them. */
final class Truncation {

    private Truncation() {}

    /** @param most characters; a longer text ends with an ellipsis */
    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        // Half a surrogate pair cannot be written as UTF-8.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
