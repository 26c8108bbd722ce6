package io.mainstay.lease.claim;

import io.mainstay.job.JobIds;
import io.mainstay.queue.names.WorkerName;
import jakarta.inject.Singleton;
import java.util.PriorityQueue;

/**
 * In whose name this instance claims for workers elsewhere. The store keeps what each claimant got last, so that it can be repeated: names are
 * used again as soon as the claim before was answered, and there are never more than claims at the same time. Loop only.
 */
@Singleton
final class ClaimNames {

    private final JobIds ids;
    private final String instance;
    private final PriorityQueue<Integer> free = new PriorityQueue<>();
    private int made;

    ClaimNames(JobIds ids) {
        this.ids = ids;
        this.instance = "remote-" + ids.nextToken() + "-";
    }

    /** Of a new claim, and its token. */
    Ask.Name take(Ask ask) {
        if (ask.repeatable()) {
            return ask.name();
        }
        Integer number = free.poll();
        return new Ask.Name(
                instance + (number == null ? made++ : number), workerPart(ask.worker()) + "." + ids.nextToken());
    }

    /** The claim was answered, or is not repeated any more. */
    void giveBack(String claimant) {
        if (claimant.startsWith(instance)) {
            free.add(Integer.parseInt(claimant.substring(instance.length())));
        }
    }

    /** What stands before the last dot of a token, for people, and by what the worker is found among all. */
    static String workerPart(String worker) {
        return WorkerName.inTokens(worker);
    }
}
