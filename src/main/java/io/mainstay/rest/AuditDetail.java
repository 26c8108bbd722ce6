package io.mainstay.rest;

/** An answer that says more than its status of what a change did: the record of it has that, too. */
public interface AuditDetail {

    /** Counts, flags and ids of ours such as {@code count=12}; nothing that a caller wrote. */
    String auditDetail();
}
