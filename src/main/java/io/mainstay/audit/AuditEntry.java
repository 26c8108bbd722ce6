package io.mainstay.audit;

import java.time.Instant;

/** A record as it is kept. */
public record AuditEntry(AuditId id, AuditRecord record) {

    public Instant at() {
        return Instant.ofEpochMilli(id.ms());
    }
}
