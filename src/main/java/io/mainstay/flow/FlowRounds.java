package io.mainstay.flow;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Goes on with what was left behind, by whichever instance: news that was not brought, steps that were not taken. */
@Singleton
class FlowRounds implements DueListener {

    private static final Logger LOG = Logger.getLogger(FlowRounds.class);
    /** Bounds one call. */
    private static final int BATCH = 100;
    /** Bounds a round, for each queue and each part. */
    private static final int BATCHES = 20;
    /** Queues or parts that are gone through at the same time. */
    private static final int AT_A_TIME = 8;
    /** Beyond, a later poll tells of the others again. */
    private static final int MOST_OWED = 10_000;
    /** What is younger is probably on its way. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(2);

    private final FlowStore flows;
    private final FlowJobs jobs;
    private final FlowSteps steps;
    private final Duration leftBehind;
    /** Queues that a poll found to owe news. */
    private final Set<QueueName> owed = ConcurrentHashMap.newKeySet();
    /** Parts that a poll found to have steps, by when these are due, of {@link System#nanoTime}. */
    private final Map<Integer, Long> parts = new ConcurrentHashMap<>();

    @Inject
    FlowRounds(FlowStore flows, FlowJobs jobs, FlowSteps steps) {
        this(flows, jobs, steps, LEFT_BEHIND);
    }

    FlowRounds(FlowStore flows, FlowJobs jobs, FlowSteps steps, Duration leftBehind) {
        this.flows = flows;
        this.jobs = jobs;
        this.steps = steps;
        this.leftBehind = leftBehind;
    }

    @Override
    public void due(List<DueQueue> queues) {
        queues.stream()
                .filter(due -> due.work() == DueWork.FLOW_NEWS && due.now())
                .forEach(due -> {
                    if (owed.size() < MOST_OWED) {
                        owed.add(due.queue());
                    }
                });
    }

    @Override
    public void flowsDue(int part, Duration in) {
        parts.put(part, System.nanoTime() + in.toNanos());
    }

    private List<Integer> partsDue() {
        long now = System.nanoTime();
        List<Integer> due = new ArrayList<>();
        parts.forEach((part, at) -> {
            if (now - at >= 0 && parts.remove(part, at)) {
                due.add(part);
            }
        });
        return due;
    }

    /** What goes wrong with one queue or part is no matter for the others. Never fails. */
    Uni<Void> round() {
        List<QueueName> queues = List.copyOf(owed);
        queues.forEach(owed::remove);
        return Multi.createFrom()
                .iterable(queues)
                .onItem()
                .transformToUni(this::bringNews)
                .merge(AT_A_TIME)
                .onItem()
                .ignoreAsUni()
                .chain(() -> Multi.createFrom()
                        .iterable(partsDue())
                        .onItem()
                        .transformToUni(this::takeSteps)
                        .merge(AT_A_TIME)
                        .onItem()
                        .ignoreAsUni());
    }

    private Uni<Void> bringNews(QueueName queue) {
        return inBatches(() -> jobs.handovers(queue, leftBehind, BATCH)
                        .flatMap(news -> steps.handOver(queue, news).replaceWith(news)))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "news of queue %s left to the next round", queue))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> takeSteps(int part) {
        return inBatches(() -> flows.due(part, BATCH, steps.limits().patience(), longest())
                        .flatMap(due -> steps.take(due).replaceWith(due)))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "steps of part %d left to the next round", part))
                .onFailure()
                .recoverWithNull();
    }

    private Duration longest() {
        Duration patience = steps.limits().patience();
        Duration recheck = steps.limits().recheck();
        return patience.compareTo(recheck) > 0 ? patience : recheck;
    }

    private static Uni<Void> inBatches(Supplier<Uni<? extends List<?>>> work) {
        return Multi.createBy()
                .repeating()
                .uni(() -> work.get().map(List::size))
                // A batch may be smaller than asked for, for its size in bytes.
                .whilst(size -> size > 0)
                .select()
                .first(BATCHES)
                .onItem()
                .ignoreAsUni();
    }
}
