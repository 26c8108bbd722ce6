package io.mainstay.job;

/**
 * This instance does not work with the store as it is set up, or as a newer version left it. Asking again helps once
 * somebody has changed that.
 */
public final class StoreRefusedException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public StoreRefusedException(String message) {
        super("store-refused", 503, message, null);
    }
}
