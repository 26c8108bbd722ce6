package io.mainstay.job;

/** As much is there, or under way, as a feature allows: nothing was done. */
public final class LimitReachedException extends MainstayException {

    private static final long serialVersionUID = 1L;

    /** @param status 503 if asking again later is of use, else 409 */
    public LimitReachedException(String slug, int status, String message) {
        super(slug, status, message, null);
    }
}
