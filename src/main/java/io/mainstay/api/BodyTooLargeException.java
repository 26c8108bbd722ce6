package io.mainstay.api;

/** A body over {@link BodyLimit} whose length was not declared beforehand. */
final class BodyTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
