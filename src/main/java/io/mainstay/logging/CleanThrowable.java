package io.mainstay.logging;

import java.util.Objects;

/** Stands for an exception in the log: the same but for its messages, which {@link CleanLog} has cleaned. */
final class CleanThrowable extends Throwable {

    private static final long serialVersionUID = 1L;
    /** Causes of causes that are looked at: nobody reads deeper, and a cause may lead back to where it came from. */
    private static final int DEEPEST = 20;

    private final String shown;

    private CleanThrowable(Throwable original, int depth) {
        super(CleanLog.clean(original.getMessage()), copy(original.getCause(), depth + 1));
        this.shown = CleanLog.clean(original.toString());
        setStackTrace(original.getStackTrace());
        for (Throwable suppressed : original.getSuppressed()) {
            if (depth + 1 < DEEPEST) {
                addSuppressed(copy(suppressed, depth + 1));
            }
        }
    }

    /** The throwable itself if there is nothing to change about it, its causes and what it suppressed. */
    static Throwable of(Throwable thrown) {
        return isClean(thrown, 0) ? thrown : copy(thrown, 0);
    }

    private static boolean isClean(Throwable thrown, int depth) {
        if (thrown == null || depth == DEEPEST) {
            return thrown == null;
        }
        String text = thrown.toString();
        if (!Objects.equals(text, CleanLog.clean(text)) || !isClean(thrown.getCause(), depth + 1)) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isClean(suppressed, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static Throwable copy(Throwable thrown, int depth) {
        return thrown == null || depth == DEEPEST ? null : new CleanThrowable(thrown, depth);
    }

    @Override
    public String toString() {
        return shown;
    }
}
