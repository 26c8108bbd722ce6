package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.JobId;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What applications ask of flows. Thread-safe; nothing here blocks. */
interface Flows {

    /** A flow that was asked for. */
    record Created(boolean created, FlowStatus flow) {}

    /**
     * Makes a flow; sending the same one again answers with the one that is there.
     *
     * @throws io.mainstay.job.InvalidValueException if it has a cycle, or a job that an enqueue would refuse
     */
    Uni<Created> create(FlowPlan plan);

    Uni<FlowPage> list(FlowQuery query);

    /** @throws io.mainstay.job.NotFoundException (as failure) if there is none */
    Uni<FlowStatus> get(FlowId id);

    /** Cancels all jobs that have not ended, and answers with what the flow is then. */
    Uni<FlowStatus> cancel(FlowId id);

    /**
     * The parents of a job of any queue with their results; none if it is in no flow.
     *
     * @throws io.mainstay.job.NotFoundException (as failure) if its flow is not kept any more
     */
    Uni<List<FlowStatus.Node>> parents(JobId id);
}
