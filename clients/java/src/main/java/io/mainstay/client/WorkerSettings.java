package io.mainstay.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a worker works.
 *
 * @param name of its process
 * @param version of its code; may be empty
 * @param queues it takes jobs from
 * @param handlers by name
 * @param concurrency jobs at the same time
 * @param connections that ask for jobs at the same time
 * @param lease length of its leases
 * @param grace how long running jobs may continue when it ends
 */
record WorkerSettings(
        String name,
        String version,
        List<String> queues,
        Map<String, JobHandler> handlers,
        int concurrency,
        int connections,
        Duration lease,
        Duration grace) {

    /** Most jobs that a connection asks for at once. */
    int batch() {
        return (concurrency + connections - 1) / connections;
    }
}
