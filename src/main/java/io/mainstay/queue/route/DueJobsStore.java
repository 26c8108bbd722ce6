package io.mainstay.queue.route;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Tells whose the due jobs of a queue are. Reads only. */
public interface DueJobsStore {

    /** @param handlers those that are told from all others */
    Uni<DueJobs> dueJobs(QueueName queue, Set<HandlerName> handlers);
}
