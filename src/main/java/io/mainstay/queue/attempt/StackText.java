package io.mainstay.queue.attempt;

import java.nio.charset.StandardCharsets;

/**
 * Stack traces as they are kept with errors: as Java prints them, but for the rest of long ones and of long chains of causes. So the last cause,
 * which is what most readers look for, is within the bytes that are kept.
 */
public final class StackText {

    private static final int MOST_FRAMES = 12;
    private static final int MOST_CAUSES = 5;

    private StackText() {}

    /** @param most bytes of UTF-8; 0 for none, and nothing is done then */
    public static String of(Throwable thrown, long most) {
        if (most == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            text.append(i == 0 ? "" : "Caused by: ").append(head(cause)).append('\n');
            frames(cause.getStackTrace(), text);
            cause = cause.getCause() == cause ? null : cause.getCause();
        }
        return cut(text.toString(), most);
    }

    /** @param most bytes of UTF-8 */
    public static String cut(String text, long most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return text;
        }
        int end = (int) most;
        // Not in the middle of a character.
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static String head(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (RuntimeException | StackOverflowError e) {
            // That is the handler's code, too.
            return thrown.getClass().getName();
        }
    }

    private static void frames(StackTraceElement[] frames, StringBuilder text) {
        int shown = Math.min(frames.length, MOST_FRAMES);
        for (int i = 0; i < shown; i++) {
            text.append("\tat ").append(frames[i]).append('\n');
        }
        if (frames.length > shown) {
            text.append("\t... ").append(frames.length - shown).append(" more\n");
        }
    }
}
