package io.mainstay.api;

import io.mainstay.queue.JobsConfig;
import jakarta.inject.Singleton;

/** The largest request body, in bytes. Quarkus itself is told the larger limit of bulk requests. */
@Singleton
class BodyLimit {

    private final long bytes;
    private final long bulkBytes;

    BodyLimit(JobsConfig jobs, BulkConfig bulk) {
        this.bytes = jobs.maxBody().asLongValue();
        this.bulkBytes = bulk.maxBody().asLongValue();
    }

    long of(String path) {
        return path.endsWith(BulkResource.PATH_END) ? bulkBytes : bytes;
    }

    /** Of all requests but bulk ones: how many bytes it takes to see that a body is over the limit. */
    int enough() {
        return (int) Math.min(Integer.MAX_VALUE, bytes + 1);
    }

    /** Of all requests but bulk ones. */
    boolean allows(long size) {
        return size <= bytes;
    }

    /** Of all requests but bulk ones. */
    Problem problem() {
        return problem(bytes);
    }

    static Problem problem(long limit) {
        return HttpProblem.of(413).withLimit(limit);
    }
}
