package io.mainstay.queue.health;

import java.util.List;

/** What this instance says of its own state. Thread-safe; nothing here waits. */
public interface HealthReport {

    /** The state now. */
    InstanceHealth now();

    /** Changes whenever {@link #recoveries} has something that it did not have before. */
    long version();

    /** The latest, at most {@link #MOST}, the oldest first. */
    List<Recovery> recoveries();

    int MOST = 20;
}
