package io.mainstay.job;

import java.util.Locale;

/** What must have happened to a new job before its enqueue is acknowledged. */
public enum Durability {
    /** The primary holds it in memory. */
    MEMORY,
    /** So many replicas as configured have received it, too. */
    REPLICA,
    /** The primary's append-only file, with the job in it, is on disk. */
    FSYNC;

    /** As callers write it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
