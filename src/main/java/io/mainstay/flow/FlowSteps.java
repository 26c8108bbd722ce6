package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Carries news from jobs to their flows, and wishes of flows to their jobs.
 *
 * <p>Any call may be the last of this instance: what it was to do next is written down in the store by then, and is done by
 * whoever looks there. So everything here may be done twice, and at the same time by several instances.
 */
final class FlowSteps {

    /** Bounds how long one call holds Redis. */
    private static final int BATCH = 100;
    /** Flows that are told of jobs at the same time. */
    private static final int AT_A_TIME = 8;

    private final FlowStore flows;
    private final FlowJobs jobs;
    private final FlowStore.Limits limits;
    private final Consumer<Placed> observer;

    /** @param observer told of each job that was looked at */
    FlowSteps(FlowStore flows, FlowJobs jobs, FlowStore.Limits limits, Consumer<Placed> observer) {
        this.flows = flows;
        this.jobs = jobs;
        this.limits = limits;
        this.observer = observer;
    }

    FlowStore.Limits limits() {
        return limits;
    }

    /** Makes a flow; its jobs are made by {@link #take} of the answer, here or elsewhere. */
    Uni<FlowStore.Made> create(FlowPlan plan) {
        return flows.create(plan, limits);
    }

    /** Tells the flow of a job what it is owed, if it is owed any, and does what follows. */
    Uni<Void> handOver(QueueName queue, JobId id) {
        return jobs.handover(queue, id)
                .flatMap(news -> news.isEmpty() ? Uni.createFrom().voidItem() : handOver(queue, List.of(news.get())));
    }

    /** Tells flows what they are owed about jobs of a queue, and does what follows. */
    Uni<Void> handOver(QueueName queue, List<FlowReport> news) {
        return Multi.createFrom()
                .iterable(byFlow(news).entrySet())
                .onItem()
                // The shard of one flow may be dead; the others get their news all the same.
                .transformToUni(entry -> handOver(queue, entry.getKey(), entry.getValue()))
                .collectFailures()
                .merge(AT_A_TIME)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> handOver(QueueName queue, FlowId flow, List<FlowReport> news) {
        // A flow that is not kept any more wants no news.
        return flows.report(flow, news, limits)
                .flatMap(steps -> jobs.handedOver(queue, news).chain(() -> take(steps.orElse(List.of()))));
    }

    /**
     * Does what flows wish, and what follows from what their jobs turn out to be. Fails once all that could be done is done, if
     * something could not: the queue of one job may lie on a dead shard, those of others do not.
     */
    Uni<Void> take(List<FlowStep> first) {
        if (first.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().deferred(() -> {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            return take(first, failure)
                    .chain(() -> failure.get() == null
                            ? Uni.createFrom().voidItem()
                            : Uni.createFrom().failure(failure.get()));
        });
    }

    private Uni<Void> take(List<FlowStep> first, AtomicReference<Throwable> failure) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(first), steps -> round(steps.get(), failure)
                        // What was wished just now and is wished again would be so forever.
                        .map(next -> next.equals(steps.get()) ? List.<FlowStep>of() : next)
                        .invoke(steps::set))
                .whilst(next -> !next.isEmpty())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<FlowStep>> round(List<FlowStep> steps, AtomicReference<Throwable> failure) {
        return Multi.createFrom()
                .iterable(batches(steps))
                .onItem()
                .transformToUniAndConcatenate(batch -> jobs.place(batch.get(0).queue(), batch)
                        .onFailure()
                        .invoke(failure::set)
                        .onFailure()
                        .recoverWithItem(List.of()))
                .onItem()
                .transformToIterable(placed -> placed)
                .invoke(observer)
                .map(Placed::report)
                .collect()
                .asList()
                .flatMap(this::report);
    }

    private Uni<List<FlowStep>> report(List<FlowReport> reports) {
        return Multi.createFrom()
                .iterable(byFlow(reports).entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> flows.report(entry.getKey(), entry.getValue(), limits))
                .onItem()
                .transformToIterable(next -> next.orElse(List.of()))
                .collect()
                .asList();
    }

    /** Steps of one queue each. Those that are to wait come first: so a job is there before its parents can end. */
    private static Collection<List<FlowStep>> batches(List<FlowStep> steps) {
        List<List<FlowStep>> batches = new ArrayList<>();
        for (boolean waiting : new boolean[] {true, false}) {
            steps.stream()
                    .filter(step -> (step.wish() == FlowStep.Wish.WAIT) == waiting)
                    .collect(Collectors.groupingBy(FlowStep::queue, LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .forEach(ofQueue -> {
                        for (int from = 0; from < ofQueue.size(); from += BATCH) {
                            batches.add(ofQueue.subList(from, Math.min(ofQueue.size(), from + BATCH)));
                        }
                    });
        }
        return batches;
    }

    private static Map<FlowId, List<FlowReport>> byFlow(List<FlowReport> reports) {
        return reports.stream()
                .collect(Collectors.groupingBy(
                        report -> report.member().flow(), LinkedHashMap::new, Collectors.toList()));
    }
}
