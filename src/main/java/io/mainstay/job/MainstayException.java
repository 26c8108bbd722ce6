package io.mainstay.job;

/**
 * Root of all errors that are reported to a caller. Expected results are values; exceptions are for what a caller
 * could not plan for. Each carries a stable slug (the last part of the problem type) and the HTTP status it maps to.
 */
public abstract sealed class MainstayException extends RuntimeException
        permits InvalidValueException,
                JobConflictException,
                LimitReachedException,
                NotDurableException,
                NotFoundException,
                PayloadTooLargeException,
                QueueConflictException,
                QueueFullException,
                StoreFullException,
                StoreRefusedException,
                StoreUnavailableException,
                UniqueConflictException {

    private static final long serialVersionUID = 1L;

    private final String slug;
    private final int status;

    MainstayException(String slug, int status, String message, Throwable cause) {
        super(message, cause);
        this.slug = slug;
        this.status = status;
    }

    /** Stable machine-readable name of the kind of error, for example {@code job-not-found}. */
    public final String slug() {
        return slug;
    }

    /** HTTP status this error is answered with. */
    public final int status() {
        return status;
    }
}
