package io.mainstay.telemetry;

/** Stands for an exception in the log: the same but for its message, which is kept on its line. */
final class OneLineThrowable extends Throwable {

    private static final long serialVersionUID = 1L;
    /** Causes of causes that are looked at; nobody reads deeper. */
    private static final int DEEPEST = 20;

    private final String shown;

    private OneLineThrowable(Throwable original, Throwable cause) {
        super(OneLine.of(original.getMessage()), cause, false, true);
        this.shown = OneLine.of(original.toString());
        setStackTrace(original.getStackTrace());
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
        if (text != null && !text.equals(OneLine.of(text)) || !isClean(thrown.getCause(), depth + 1)) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isClean(suppressed, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Without what was suppressed, which is rarely worth a look. */
    private static Throwable copy(Throwable thrown, int depth) {
        return thrown == null || depth == DEEPEST
                ? null
                : new OneLineThrowable(thrown, copy(thrown.getCause(), depth + 1));
    }

    @Override
    public String toString() {
        return shown;
    }
}
