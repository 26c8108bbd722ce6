package io.mainstay.redis;

/** The link could not deliver an answer: lost, timed out, not connected or full. Whether Redis did it is unknown. */
final class LinkLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LinkLostException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
