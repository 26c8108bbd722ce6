package io.mainstay.queue.handlers;

import io.mainstay.job.HandlerName;

/** What is declared of handlers, as this instance knows it. Thread-safe; answers at once. {@code jobtype} implements it. */
public interface HandlerDeclarations {

    /** Of none. */
    HandlerDeclarations NONE = handler -> DeclaredHandler.NOTHING;

    /** {@link DeclaredHandler#NOTHING} if nothing is. */
    DeclaredHandler of(HandlerName handler);

    /** Whether anything is, were it only that there is such a handler. */
    default boolean declares(HandlerName handler) {
        return of(handler) != DeclaredHandler.NOTHING;
    }
}
