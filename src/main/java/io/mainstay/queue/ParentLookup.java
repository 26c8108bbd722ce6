package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Finds out what a blocked job waits for. Flows implement it, so that explanations need not know them. */
public interface ParentLookup {

    /**
     * A job that must end first.
     *
     * @param name the one it has in its flow
     * @param state as far as its flow knows: a state's name, or {@code active} for one that may run or does
     */
    record Parent(String name, QueueName queue, JobId job, String state) {}

    /** Those parents of a blocked job that hold it; empty if its flow is not there. */
    Uni<Optional<List<Parent>>> holding(JobId id);
}
