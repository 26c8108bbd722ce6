package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stores the records of flows: which job runs after which, and the known state of each. The jobs themselves are in {@link
 * FlowJobs}. The rules of {@link JobStore} hold here too. Steps that a call returns are returned again, here and by {@link
 * #due}, until a report says that they were done.
 */
public interface FlowStore {

    /**
     * How long things last, and how large they may be.
     *
     * @param patience until a step that nobody reported on is due again
     * @param recheck until a job that has not ended is looked at again
     * @param kept how long a flow is kept after its end
     * @param maxResult largest result of a job that is kept with its flow, in bytes of JSON text
     */
    record Limits(Duration patience, Duration recheck, Duration kept, long maxResult) {}

    /** Answer to a creation. */
    record Made(boolean created, List<FlowStep> steps) {}

    /** Makes a flow, unless there is one with that id: then that one's open steps are answered. */
    Uni<Made> create(FlowPlan plan, Limits limits);

    /**
     * Tells a flow about some of its jobs.
     *
     * @return what is to be done now; empty if there is no such flow
     */
    Uni<Optional<List<FlowStep>>> report(FlowId flow, List<FlowReport> reports, Limits limits);

    /**
     * How many parts the records are in: as many as there are buckets of queues, for they share these; each is asked for what is due
     * by itself.
     */
    int parts();

    /**
     * Takes steps of a part whose time has come; each is due again after {@code patience}.
     *
     * @param longest what a step is put off at most: one further away is due, for the store's clock has stepped back since
     */
    Uni<List<FlowStep>> due(int part, int max, Duration patience, Duration longest);

    /** One page of flows. Parts of the store that do not answer are left out, and the page says so; fails only if none does. */
    Uni<FlowPage> list(FlowQuery query);

    /** A flow without results. */
    Uni<Optional<FlowStatus>> find(FlowId flow);

    /** The parents of a job, with their results; empty if there is no such flow or job. */
    Uni<Optional<List<FlowStatus.Node>>> parents(FlowMember member);
}
