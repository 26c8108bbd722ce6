package io.mainstay.registry;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Something that adds jobs by itself, and would bring a queue back that is deleted. */
public interface JobSource {

    /** Names of those that add jobs to the queue. */
    Uni<List<String>> aimedAt(QueueName queue);
}
