package io.mainstay.rest;

/** A body over {@link BodyLimit} whose length was not declared beforehand. */
public final class BodyTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
