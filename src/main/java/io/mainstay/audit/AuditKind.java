package io.mainstay.audit;

import io.mainstay.job.InvalidValueException;
import java.util.Locale;

/** What a record is about. Each kind is stored separately, so that a flood of one does not displace another. */
public enum AuditKind {
    /** Something was changed, or was to be. */
    CHANGES,
    /** A request was refused because of who sent it: 401 and 403. */
    REFUSALS,
    /** Jobs were enqueued. */
    ENQUEUES;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AuditKind ofLabel(String field, String label) {
        for (AuditKind kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new InvalidValueException(field, label, "changes, refusals or enqueues");
    }
}
