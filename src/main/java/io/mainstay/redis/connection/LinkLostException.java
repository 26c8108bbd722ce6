package io.mainstay.redis.connection;

/** The link could not deliver an answer: lost, timed out, not connected or full. Whether Redis did it is unknown. */
public class LinkLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean cutMidAnswer;

    public LinkLostException(String message, Throwable cause) {
        this(message, cause, false);
    }

    LinkLostException(String message, Throwable cause, boolean cutMidAnswer) {
        super(message, cause, false, false);
        this.cutMidAnswer = cutMidAnswer;
    }

    /**
     * Whether a part of the answer had come in. If so, Redis did it, and the same answer may well be too large for the
     * link again; if not, nothing is known.
     */
    boolean cutMidAnswer() {
        return cutMidAnswer;
    }

    /** Whether that is so of this error. */
    static boolean cutMidAnswer(Throwable error) {
        return error instanceof LinkLostException lost && lost.cutMidAnswer;
    }
}
