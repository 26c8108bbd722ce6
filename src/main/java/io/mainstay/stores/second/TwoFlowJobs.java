package io.mainstay.stores.second;

import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.Placed;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@link FlowJobs} over two. */
public final class TwoFlowJobs implements FlowJobs {

    private final OneOfTwo<FlowJobs> stores;

    public TwoFlowJobs(FlowJobs first, FlowJobs second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<List<Placed>> place(QueueName queue, List<FlowStep> steps) {
        return stores.of(queue).place(queue, steps);
    }

    @Override
    public Uni<Optional<FlowReport>> handover(QueueName queue, JobId id) {
        return stores.of(queue).handover(queue, id);
    }

    @Override
    public Uni<List<FlowReport>> handovers(QueueName queue, Duration olderThan, int max) {
        return stores.of(queue).handovers(queue, olderThan, max);
    }

    @Override
    public Uni<Void> handedOver(QueueName queue, List<FlowReport> reports) {
        return stores.of(queue).handedOver(queue, reports);
    }
}
