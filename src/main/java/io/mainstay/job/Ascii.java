package io.mainstay.job;

/** What names are made of. By hand: every job read checks several, and regular expressions would cost more than all. */
final class Ascii {

    private static final int MAX_VISIBLE = 128;

    private Ascii() {}

    static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    static boolean consistsOf(String value, String punctuation) {
        for (int i = 0; i < value.length(); i++) {
            if (!isAlphanumeric(value.charAt(i)) && punctuation.indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** What a path cannot name: clients take {@code .} and {@code ..} for steps. */
    static boolean isDotsOnly(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }

    /** @throws InvalidValueException unless it is 1 to 128 characters, none of them a blank or a control */
    static void checkVisible(String field, String value) {
        boolean valid = value != null
                && !value.isEmpty()
                && value.length() <= MAX_VISIBLE
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!valid) {
            throw new InvalidValueException(field, value, "1 to %d visible characters of ASCII".formatted(MAX_VISIBLE));
        }
    }
}
