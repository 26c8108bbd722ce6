package io.mainstay.client;

/** Something that the service could not or would not do. */
public class MainstayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MainstayException(String message, Throwable cause) {
        super(message, cause);
    }
}
