package io.mainstay.registry;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Something that adds jobs on its own, and would re-create a deleted queue. */
public interface JobSource {

    /** Names of those that add jobs to the queue. */
    Uni<List<String>> aimedAt(QueueName queue);
}
