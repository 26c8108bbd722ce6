package io.mainstay.queue;

/** Which workers are to take no more jobs, as an operator asked: known on every instance within about two seconds. Thread-safe; never waits. */
public interface DrainedWorkers {

    /** @param worker name of a remote worker */
    boolean drained(String worker);

    /** Whether the workers of this instance are to take no more jobs. */
    default boolean drainedHere() {
        return false;
    }

    /** How many of the instances that are there are drained. */
    default int instances() {
        return 0;
    }

    /** Has {@code task} run after each change; it must return at once. */
    default void onChange(Runnable task) {}
}
