package io.mainstay.handler;

/** Either kind of handler. */
public sealed interface Handler permits JobHandler, AsyncJobHandler {

    /**
     * Whether jobs may name this handler. Asked once, when the service starts: a handler that is off is unknown, as if
     * it were not there.
     */
    default boolean enabled() {
        return true;
    }
}
