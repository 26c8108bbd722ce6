package io.mainstay.job;

/**
 * The job is in its queue and will run, but what was asked for its safety was not reached in time. The same request
 * with the same id waits again and makes no second job.
 */
public final class NotDurableException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public NotDurableException(Durability asked, String reached, Throwable cause) {
        super(
                "durability-not-reached",
                503,
                "The job is in its queue, but durability %s was not reached in time: %s. Sending the request again with the same id waits again."
                        .formatted(asked.wireName(), reached),
                cause);
    }
}
