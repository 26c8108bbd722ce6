package io.mainstay.security;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a caller may do, in the queues of its patterns. Roles do not contain one another, but for those that say so. */
public enum Role {
    /** Reads jobs, queues, schedules, flows, workers and events. */
    READER,
    /** Enqueues jobs and flows, waits for them, and reads a job by its id. */
    PRODUCER,
    /** Leases jobs, reports on them, and announces itself. */
    WORKER,
    /** All of a reader, and what changes things: pause, limits, cancel, requeue, delete, schedules, drain. */
    OPERATOR,
    /** All of the others, and keys, audit, hooks and handlers. */
    ADMIN;

    /** The roles whose work this one may do. */
    public Set<Role> includes() {
        return switch (this) {
            case ADMIN -> EnumSet.allOf(Role.class);
            case OPERATOR -> EnumSet.of(OPERATOR, READER);
            default -> EnumSet.of(this);
        };
    }

    /** As it is written in keys files, requests and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
