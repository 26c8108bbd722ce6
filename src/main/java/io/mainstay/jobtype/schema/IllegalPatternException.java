package io.mainstay.jobtype.schema;

/** A regular expression that cannot be read, or that is not supported. */
final class IllegalPatternException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message about the pattern, as the rest of a sentence */
    IllegalPatternException(String message) {
        super(message, null, false, false);
    }
}
