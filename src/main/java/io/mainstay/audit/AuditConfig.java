package io.mainstay.audit;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The record of who changed what. */
@ConfigMapping(prefix = "mainstay.audit")
public interface AuditConfig {

    /** Whether enqueues are recorded, too: each is a line of the log and a record. Costs throughput. */
    @WithDefault("false")
    boolean enqueues();

    /**
     * Records that are kept in Redis of changes, of refused requests and of enqueues each, 1000 to 1000000; the oldest go. One is
     * 200 bytes or so, and 2 KiB at most.
     */
    @WithDefault("20000")
    int maxRecords();

    /** Refuses values out of bounds. */
    static void check(AuditConfig config) {
        Bounds.between("mainstay.audit.max-records", config.maxRecords(), 1000, 1_000_000);
    }
}
