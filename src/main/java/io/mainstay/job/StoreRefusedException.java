package io.mainstay.job;

/**
 * This instance does not work with the store as it is set up, or as a newer version left it. Trying again helps only after an
 * operator has fixed this.
 */
public final class StoreRefusedException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public StoreRefusedException(String message) {
        super("store-refused", 503, message, null);
    }
}
