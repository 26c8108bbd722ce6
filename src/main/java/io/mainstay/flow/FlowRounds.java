package io.mainstay.flow;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.due.Rounds;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    /** Beyond, a later poll tells of the others again. */
    private static final int MOST_OWED = 10_000;
    /** What is younger is probably on its way. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(2);

    private final FlowStore flows;
    private final FlowJobs jobs;
    private final FlowSteps steps;
    private final Duration leftBehind;
    /** Queues that a poll found to owe news, and their buckets. */
    private final Map<QueueName, Integer> owed = new ConcurrentHashMap<>();
    /** Parts that a poll found to have steps, by when these are due, of {@link System#nanoTime}. */
    private final Map<Integer, Long> parts = new ConcurrentHashMap<>();

    private final Rounds<QueueName> newsRounds = new Rounds<>("news for flows", this::bringNews);
    private final Rounds<Integer> stepRounds = new Rounds<>("steps of flows", this::takeSteps);

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
                        owed.put(due.queue(), due.bucket());
                    }
                });
    }

    @Override
    public void flowsDue(int part, Duration in) {
        parts.put(part, System.nanoTime() + in.toNanos());
    }

    /** Returns at once. What goes wrong with one queue or part, or takes long, is no matter for the others. */
    void begin() {
        beginNews();
        beginSteps();
    }

    /** The same, the news first; completes when all is done. Never fails. */
    Uni<Void> round() {
        beginNews();
        return newsRounds.idle().invoke(this::beginSteps).chain(stepRounds::idle);
    }

    private void beginNews() {
        owed.forEach((queue, bucket) -> {
            owed.remove(queue);
            newsRounds.add(bucket, queue);
        });
    }

    private void beginSteps() {
        long now = System.nanoTime();
        parts.forEach((part, at) -> {
            if (now - at >= 0 && parts.remove(part, at)) {
                stepRounds.add(part, part);
            }
        });
    }

    private Uni<Void> bringNews(QueueName queue) {
        return inBatches(() -> jobs.handovers(queue, leftBehind, BATCH).flatMap(news -> steps.handOver(queue, news)
                        .onFailure()
                        .invoke(failure -> LOG.debugf(
                                failure, "some changes of flow jobs in queue %s are left to the next round", queue))
                        // They are behind the others now.
                        .onFailure()
                        .recoverWithNull()
                        .replaceWith(news)))
                .onFailure()
                .invoke(failure ->
                        LOG.debugf(failure, "changes of flow jobs in queue %s are left to the next round", queue))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> takeSteps(int part) {
        return inBatches(() -> flows.due(part, BATCH, steps.limits().patience(), longest())
                        .flatMap(due -> steps.take(due)
                                .onFailure()
                                .invoke(failure ->
                                        LOG.debugf(failure, "some steps of part %d left to the next round", part))
                                // They are due again later.
                                .onFailure()
                                .recoverWithNull()
                                .replaceWith(due)))
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
