package io.mainstay.flow;

import io.mainstay.job.JobSpec;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import java.util.List;
import java.util.Objects;

/**
 * A job of a flow to be created.
 *
 * @param name unique within the flow
 * @param queue where it goes
 * @param spec the job
 * @param start when it becomes due, counted from when its parents are done
 * @param after places of its parents
 * @param onParentDead what the death of one of them means
 */
public record FlowNode(
        String name, QueueName queue, JobSpec spec, StartTime start, List<Integer> after, OnParentDead onParentDead) {

    public FlowNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(start, "start");
        after = List.copyOf(after);
        Objects.requireNonNull(onParentDead, "onParentDead");
    }
}
