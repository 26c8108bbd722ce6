package io.mainstay.audit;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Where records are kept, the latest of each kind. */
public interface AuditStore {

    /**
     * Adds the records of a batch, unless the sender's latest one that was kept is this or a later one: then it is a repeat. What
     * is beyond the bound goes, oldest first.
     *
     * @param most records of the kind to be kept; somewhat more may be
     */
    Uni<Void> add(AuditBatch batch, int most);

    /**
     * Reads records, newest first.
     *
     * @param fromMs of this time or later, in ms since 1970
     * @param before older than this; empty for all
     * @param count the most to read
     */
    Uni<List<AuditEntry>> latest(AuditKind kind, long fromMs, Optional<AuditId> before, int count);
}
