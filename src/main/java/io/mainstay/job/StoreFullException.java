package io.mainstay.job;

/** The store has no room for more. Ending jobs makes room; asking again later is safe. */
public final class StoreFullException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public StoreFullException(String message, Throwable cause) {
        super("store-full", 503, message, cause);
    }
}
