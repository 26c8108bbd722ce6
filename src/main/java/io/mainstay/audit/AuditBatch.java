package io.mainstay.audit;

import java.util.List;

/**
 * Records of one sender, in the order of their making.
 *
 * @param sender the same for all batches of one sender
 * @param number counts the sender's batches, from 1: the one that was kept last is not kept again
 */
public record AuditBatch(AuditKind kind, String sender, long number, List<AuditRecord> records) {

    public static final int MOST = 100;

    public AuditBatch {
        records = List.copyOf(records);
    }
}
