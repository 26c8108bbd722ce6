package io.mainstay.job;

/** The store did not answer in time. Asking again is safe: the same request creates one job, not two. */
public final class StoreUnavailableException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super("store-unavailable", 503, message, cause);
    }
}
