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
 * @param ids makes tokens
 * @param lease asked for
 */
record Claimant(String name, JobIds ids, Duration lease) {

    /** Named after the host, for people, and made unique, for the store. */
    static Claimant ofThisProcess(JobIds ids, Duration lease) {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("instance");
        return new Claimant(host + "-" + ids.nextToken(), ids, lease);
    }

    ClaimTry claim(QueueName queue, int max) {
        int most = Math.min(max, ClaimRequest.MOST);
        return new ClaimTry(new ClaimRequest(queue, name, ids.nextToken(), most, lease));
    }
}
