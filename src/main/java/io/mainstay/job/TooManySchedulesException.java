package io.mainstay.job;

/** One more schedule would pass the limit of the house. */
public final class TooManySchedulesException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public TooManySchedulesException(int limit) {
        super("too-many-schedules", 409, "there are %d schedules, which is the limit".formatted(limit), null);
    }
}
