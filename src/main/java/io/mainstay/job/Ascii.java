package io.mainstay.job;

/** What names are made of. By hand: every job read checks several, and regular expressions would cost more than all. */
final class Ascii {

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

    /** Neither blanks nor controls. */
    static boolean isVisible(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
