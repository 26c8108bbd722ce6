package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NewJob;
import io.mainstay.job.NotFoundException;
import io.mainstay.queue.JobQueue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@link Flows} as the store has them. */
@Singleton
class StoredFlows implements Flows {

    private static final Logger LOG = Logger.getLogger(StoredFlows.class);

    private final FlowStore store;
    private final FlowSteps steps;
    private final JobQueue jobs;
    private final int maxJobs;
    private final Clock clock;

    StoredFlows(FlowStore store, FlowSteps steps, JobQueue jobs, FlowsConfig config, Clock clock) {
        this.clock = clock;
        this.store = store;
        this.steps = steps;
        this.jobs = jobs;
        this.maxJobs = config.maxJobs();
    }

    @Override
    public Uni<Created> create(FlowPlan plan) {
        int size = plan.nodes().size();
        if (size < 1 || size > maxJobs) {
            throw new InvalidValueException("jobs", size, "1 to " + maxJobs + " in number");
        }
        for (int i = 0; i < size; i++) {
            check(plan.nodes().get(i), new FlowMember(plan.id(), i));
        }
        return steps.create(plan)
                // Its jobs would be made without us, too; this is so that they are there when the caller hears of them.
                .flatMap(made -> steps.take(made.steps())
                        .chain(() -> get(plan.id()))
                        .onFailure(failure -> made.created())
                        .recoverWithItem(failure -> asPlanned(plan, failure))
                        .map(flow -> new Created(made.created(), flow)));
    }

    /** What to answer about a flow that was just made and cannot be read: an error would hide that it was made. */
    private FlowStatus asPlanned(FlowPlan plan, Throwable failure) {
        LOG.warnf(failure, "Flow %s was created, but its jobs may have to wait for the next round", plan.id());
        List<FlowStatus.Node> nodes = new ArrayList<>();
        for (FlowNode node : plan.nodes()) {
            nodes.add(new FlowStatus.Node(
                    node.name(),
                    node.queue(),
                    new FlowMember(plan.id(), nodes.size()),
                    node.after(),
                    node.onParentDead(),
                    node.after().isEmpty() ? FlowStatus.Phase.ACTIVE : FlowStatus.Phase.BLOCKED,
                    Optional.empty(),
                    false));
        }
        return new FlowStatus(plan.id(), clock.instant(), Optional.empty(), nodes);
    }

    @Override
    public Uni<FlowPage> list(FlowQuery query) {
        return store.list(query);
    }

    @Override
    public Uni<FlowStatus> get(FlowId id) {
        return store.find(id).map(found -> found.orElseThrow(() -> NotFoundException.flow(id)));
    }

    @Override
    public Uni<FlowStatus> cancel(FlowId id) {
        return get(id).onItem()
                .transformToMulti(flow -> Multi.createFrom()
                        .iterable(flow.nodes().stream()
                                .filter(node -> !node.phase().ended())
                                // Those that wait first, or the end of their parents would let them run.
                                .sorted(Comparator.comparing(FlowStatus.Node::phase))
                                .toList()))
                .onItem()
                .transformToUniAndConcatenate(this::cancel)
                .onItem()
                .ignoreAsUni()
                .chain(() -> get(id));
    }

    @Override
    public Uni<List<FlowStatus.Node>> parents(JobId id) {
        return FlowMember.of(id)
                .map(member -> store.parents(member)
                        .map(found -> found.orElseThrow(() -> NotFoundException.flow(member.flow()))))
                .orElse(Uni.createFrom().item(List.of()));
    }

    /** One that has ended since, or is not there yet, is left as it is. */
    private Uni<Void> cancel(FlowStatus.Node node) {
        return jobs.cancel(node.queue(), node.member().job())
                .flatMap(job -> steps.handOver(job.queue(), job.id()))
                .onFailure(failure -> failure instanceof MainstayException known && known.status() < 500)
                .recoverWithNull();
    }

    private void check(FlowNode node, FlowMember member) {
        try {
            jobs.check(new NewJob(node.queue(), member.job(), node.spec(), node.start()));
        } catch (InvalidValueException e) {
            throw e.within("jobs." + node.name());
        }
    }
}
