package io.mainstay.audit;

import io.mainstay.logging.Secrets;

/** Text of callers, made safe to be shown: whoever writes a key where an id belongs has its secret left out. */
final class AuditText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char CUT = '…';

    private AuditText() {}

    /**
     * The text without secrets, with whatever ends or turns a line replaced, and half a character.
     *
     * @param most characters that are kept; what is cut is marked
     * @return null for null
     */
    static String clean(String given, int most) {
        if (given == null) {
            return null;
        }
        String text = Secrets.hidden(given);
        boolean cut = text.length() > most;
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        int end = cut ? most - 1 : text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                clean.append(c).append(text.charAt(++i));
            } else {
                clean.append(isShown(c) ? c : REPLACEMENT);
            }
        }
        return cut ? clean.append(CUT).toString() : clean.toString();
    }

    /** Not: controls, line and paragraph separators, marks that change the direction of text, halves of characters. */
    private static boolean isShown(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
