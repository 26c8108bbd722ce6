package io.mainstay.redis.connection;

/** A call was repeated for as long as it may take, and Redis never answered. */
final class CallTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallTimeoutException() {
        super("no answer within the call time-out", null, false, false);
    }
}
