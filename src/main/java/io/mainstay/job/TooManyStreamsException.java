package io.mainstay.job;

/** This instance serves as many event streams as it is meant to. Another one may have room, or this one later. */
public final class TooManyStreamsException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public TooManyStreamsException(int limit) {
        super("too-many-streams", 503, "this instance serves no more than " + limit + " event streams", null);
    }
}
