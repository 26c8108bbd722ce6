package io.mainstay.lease.claim;

import io.mainstay.job.Job;

/** About how many bytes a job has in an answer. */
final class JobBytes {

    /** Spec, times and token. */
    private static final long AROUND = 1024;

    private JobBytes() {}

    static long of(Job job) {
        return AROUND
                + job.spec().payload().text().length()
                + job.status().errors().stream()
                        .mapToLong(error -> error.message().length())
                        .sum();
    }
}
