package io.mainstay.job;

/** A payload over the configured limit. */
public final class PayloadTooLargeException extends MainstayException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    public PayloadTooLargeException(long bytes, long limit) {
        super("payload-too-large", 413, "payload has %d bytes, the limit is %d".formatted(bytes, limit), null);
        this.limit = limit;
    }

    /** The limit, in bytes of JSON text. */
    public long limit() {
        return limit;
    }
}
