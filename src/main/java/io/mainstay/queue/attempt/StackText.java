package io.mainstay.queue.attempt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stack traces as they are kept with errors: as Java prints them, but for the rest of long ones, of long messages and of long chains of
 * causes. So the last cause, which is what most readers look for, is within the bytes that are kept. What is thrown is the handler's code:
 * whatever it is asked may throw or never end.
 */
public final class StackText {

    private static final int[] MOST_FRAMES = {12, 5, 1};
    private static final int MOST_CAUSES = 5;
    private static final int LONGEST_CHAIN = 100;
    /** Characters of a message and the class it is of. */
    private static final int LONGEST_HEAD = 400;

    private StackText() {}

    /** @param most bytes of UTF-8; 0 for none, and nothing is done then */
    public static String of(Throwable thrown, long most) {
        if (most == 0) {
            return "";
        }
        List<Throwable> chain = chain(thrown);
        String text = "";
        for (int frames : MOST_FRAMES) {
            text = text(chain, frames);
            if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
                return text;
            }
        }
        return cut(text, most);
    }

    /** Null if there is none, or if it does not tell. */
    public static Throwable causeOf(Throwable thrown) {
        try {
            Throwable cause = thrown.getCause();
            return cause == thrown ? null : cause;
        } catch (Throwable nested) {
            return null;
        }
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

    /** The first ones and the last. */
    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
            if (chain.size() == MOST_CAUSES) {
                chain.remove(MOST_CAUSES - 1);
            }
            chain.add(cause);
            cause = causeOf(cause);
        }
        return chain;
    }

    private static String text(List<Throwable> chain, int frames) {
        StringBuilder text = new StringBuilder();
        for (Throwable each : chain) {
            text.append(text.isEmpty() ? "" : "Caused by: ").append(head(each)).append('\n');
            frames(each, frames, text);
        }
        return text.toString();
    }

    private static String head(Throwable thrown) {
        String head = null;
        try {
            head = thrown.toString();
        } catch (Throwable nested) {
            // Below.
        }
        if (head == null) {
            return thrown.getClass().getName();
        }
        if (head.length() <= LONGEST_HEAD) {
            return head;
        }
        int end = Character.isHighSurrogate(head.charAt(LONGEST_HEAD - 1)) ? LONGEST_HEAD - 1 : LONGEST_HEAD;
        return head.substring(0, end) + "…";
    }

    private static void frames(Throwable thrown, int most, StringBuilder text) {
        StackTraceElement[] frames = stackOf(thrown);
        int shown = Math.min(frames.length, most);
        for (int i = 0; i < shown; i++) {
            text.append("\tat ").append(frames[i]).append('\n');
        }
        if (frames.length > shown) {
            text.append("\t... ").append(frames.length - shown).append(" more\n");
        }
    }

    private static StackTraceElement[] stackOf(Throwable thrown) {
        StackTraceElement[] frames = null;
        try {
            frames = thrown.getStackTrace();
        } catch (Throwable nested) {
            // Below.
        }
        return frames == null ? new StackTraceElement[0] : frames;
    }
}
