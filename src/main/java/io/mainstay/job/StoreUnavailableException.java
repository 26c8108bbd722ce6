package io.mainstay.job;

/** The store did not answer in time. Asking again is safe: the same request creates one job, not two. */
public final class StoreUnavailableException extends MainstayException {

    private static final long serialVersionUID = 1L;

    private final boolean cutMidAnswer;

    public StoreUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** @param cutMidAnswer see {@link #cutMidAnswer()} */
    public StoreUnavailableException(String message, Throwable cause, boolean cutMidAnswer) {
        super("store-unavailable", 503, message, cause);
        this.cutMidAnswer = cutMidAnswer;
    }

    /**
     * Whether the last try ended when a part of its answer had come in: the store has done what was asked, and an answer as large
     * may be cut again, so ask for less. If not, the store was silent, and nothing is known.
     */
    public boolean cutMidAnswer() {
        return cutMidAnswer;
    }
}
