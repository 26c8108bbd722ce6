package io.mainstay.handler;

/** Either kind of handler. */
public sealed interface Handler permits JobHandler, AsyncJobHandler {

    /**
     * Whether jobs may name this handler. Called once, when the service starts: a disabled handler is unknown, as if
     * it did not exist.
     */
    default boolean enabled() {
        return true;
    }
}
