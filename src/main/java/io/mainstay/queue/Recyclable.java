package io.mainstay.queue;

/** Something long-lived that can be thrown away and replaced while the service runs: what healing does. Thread-safe. */
public interface Recyclable {

    /** Short and fixed, for logs and metrics: {@code links}, {@code subscription}, {@code dispatcher}. */
    String name();

    /** Replaces what may be stuck, losing nothing. Returns at once and never throws; may be called again at any time. */
    void recycle(String reason);
}
