package io.mainstay.redis.connection;

/** A call was repeated for as long as it may take, and Redis never answered. */
final class OutOfTimeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super("no answer within the call time-out", null, false, false);
    }
}
