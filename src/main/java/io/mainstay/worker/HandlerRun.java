package io.mainstay.worker;

/** A handler at work on one attempt. Loop only. */
interface HandlerRun {

    /** No handler was called yet. */
    HandlerRun NONE = () -> {};

    /** Makes the handler stop, if it can be made to. */
    void stop();

    /** Whether the handler holds a thread. */
    default boolean holdsThread() {
        return false;
    }
}
