package io.mainstay.health;

/** What a connection to the store is for. A long answer on one holds up nothing on another. */
public enum LinkKind {
    /** Enqueues, reports, extensions, and whatever else is small: nothing on it has a long answer. */
    WRITES,
    /** What brings jobs, schedules and steps of flows to this instance. */
    CLAIMS,
    /** What callers read: jobs, lists, flows, schedules, figures. */
    READS,
    /** Enqueues that wait for replicas or disks: a wait holds up whatever else is on its connection. */
    DURABLE
}
