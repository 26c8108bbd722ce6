package io.mainstay.client;

/** The service was unreachable or busy until the retries ended. The same call may be made again. */
public final class UnavailableException extends MainstayException {

    private static final long serialVersionUID = 1L;

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
