package io.mainstay.job;

/** As many answers are being written as fit the memory that this instance has for them. Asking again later is safe. */
public final class TooManyReadsException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public TooManyReadsException() {
        super("too-many-reads", 503, "this instance is writing as many large answers as it has memory for", null);
    }
}
