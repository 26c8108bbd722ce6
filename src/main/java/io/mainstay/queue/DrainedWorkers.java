package io.mainstay.queue;

/** Which workers are to take no more jobs. Thread-safe; never waits. */
public interface DrainedWorkers {

    /** @param worker its name */
    boolean drained(String worker);
}
