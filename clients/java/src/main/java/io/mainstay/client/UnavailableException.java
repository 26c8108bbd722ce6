package io.mainstay.client;

/** The service could not be reached, or had no time, for as long as was to be tried. The same call may be made again. */
public final class UnavailableException extends MainstayException {

    private static final long serialVersionUID = 1L;

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
