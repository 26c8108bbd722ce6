package io.mainstay.worker;

import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** In whose name this instance claims: never that of another process, past ones included. */
@Singleton
final class WorkerIdentity {

    private static final int MOST_OF_HOST = 16;

    private final JobIds ids;
    private final Duration lease;
    /** After the host, for people, and unique, for the store. */
    private final String name;
    /** For people; part of every token, see {@link io.mainstay.job.Lease}. */
    private final String host;

    WorkerIdentity(JobIds ids, LeaseConfig lease) {
        this.ids = ids;
        this.lease = lease.duration();
        String hostname = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("instance");
        this.name = hostname + "-" + ids.nextToken();
        this.host = shortened(hostname);
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
