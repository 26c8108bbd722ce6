package io.mainstay.worker;

import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * In whose name this instance claims.
 *
 * @param name of this instance, never that of another process, past ones included
 * @param host where that is, for people; part of every token, see {@link io.mainstay.job.Lease}
 * @param ids makes tokens
 * @param lease asked for
 */
record WorkerIdentity(String name, String host, JobIds ids, Duration lease) {

    private static final int MOST_OF_HOST = 16;

    /** Named after the host, for people, and made unique, for the store. */
    static WorkerIdentity ofThisProcess(JobIds ids, Duration lease) {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("instance");
        return new WorkerIdentity(host + "-" + ids.nextToken(), shortened(host), ids, lease);
    }

    /** @param bytes most bytes of jobs that it may bring */
    PendingClaim claim(QueueName queue, int max, int bytes) {
        int most = Math.min(max, ClaimRequest.MOST);
        return new PendingClaim(new ClaimRequest(queue, name, host + "." + ids.nextToken(), most, bytes, lease));
    }

    /**
     * The end of the host's name, which is what tells pods apart. Short, as each token is kept with each job: Redis packs
     * small hashes only while no value of theirs is longer than 64 bytes, and "release" and a token are one value.
     */
    private static String shortened(String host) {
        String plain = host.replaceAll("[^A-Za-z0-9-]", "-");
        return plain.substring(Math.max(0, plain.length() - MOST_OF_HOST));
    }
}
