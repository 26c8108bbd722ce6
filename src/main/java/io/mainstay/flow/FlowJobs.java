package io.mainstay.flow;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The jobs of flows in their queues. The rules of {@link JobStore} hold here too. */
public interface FlowJobs {

    /** Does what is wished of jobs of one queue, as far as they wait for it, and says what they are. */
    Uni<List<Placed>> place(QueueName queue, List<FlowStep> steps);

    /** News of a job that its flow is owed; empty if it is owed none. */
    Uni<Optional<FlowReport>> handover(QueueName queue, JobId id);

    /**
     * News that flows are owed for some time, those first that were not handed out here for the longest time. What is handed out
     * counts as new: it is probably under way.
     *
     * @param olderThan leaves out what is probably under way
     */
    Uni<List<FlowReport>> handovers(QueueName queue, Duration olderThan, int max);

    /** The flows have these news: they are not owed any more, unless there is newer. */
    Uni<Void> handedOver(QueueName queue, List<FlowReport> reports);
}
