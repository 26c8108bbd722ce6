package io.mainstay.jobtype.schema;

/** A check would take more than it may. */
final class OutOfBoundsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what of the payload does, as the rest of a sentence */
    OutOfBoundsException(String message) {
        // Expected, and answered in full.
        super(message, null, false, false);
    }
}
