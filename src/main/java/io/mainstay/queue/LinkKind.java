package io.mainstay.queue;

/** What a connection to the store is for. */
public enum LinkKind {
    /** Nearly everything. */
    COMMANDS,
    /** Enqueues that wait for replicas or disks. */
    DURABLE
}
