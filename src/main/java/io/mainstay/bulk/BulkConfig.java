package io.mainstay.bulk;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a request to add many jobs may ask for. */
@ConfigMapping(prefix = "mainstay.bulk")
public interface BulkConfig {

    /**
     * Largest body of a bulk request, in bytes; at least {@code mainstay.jobs.max-body}. It is read as it comes, so it
     * costs time and not memory.
     */
    @WithDefault("64M")
    MemorySize maxBody();

    /** Most jobs of one request, 1 to 1000000. Each costs memory for its result until the end, some 100 bytes. */
    @WithDefault("100000")
    int maxJobs();

    /**
     * Bulk requests of this instance at the same time, 1 to 100; those beyond are refused (429). Each holds a thread and
     * up to 4 MiB of jobs that are under way to Redis.
     */
    @WithDefault("4")
    int maxRequests();
}
