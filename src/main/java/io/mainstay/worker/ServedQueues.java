package io.mainstay.worker;

import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainedWorkers;
import io.mainstay.queue.OwnQueue;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queues this instance serves, and how they share its free workers: smooth weighted round robin, one worker after
 * the other (the algorithm of nginx's upstream balancer, F. Malykh, 2012). A queue whose claim is under way cannot be
 * given workers, but gathers credit meanwhile, so that its share does not depend on how fast the store answers. The
 * private queue gets one worker whenever it may have a job, and takes part in nothing else. Loop only.
 */
@Singleton
final class ServedQueues {

    /** In rounds. Bounded, or a queue whose claim hung would come back with credit to starve the others. */
    private static final int MOST_CREDIT = 16;

    private final Map<QueueName, ServedQueue> servedQueues = new HashMap<>();
    /** Those of {@link #servedQueues} that are private: more than one if that moved. */
    private final List<ServedQueue> own = new ArrayList<>();

    private final QueueWeights weights;
    private final DrainedWorkers drains;

    ServedQueues(QueueWeights weights, DrainedWorkers drains) {
        this.weights = weights;
        this.drains = drains;
        weights.named().keySet().forEach(this::serve);
        weights.own().map(OwnQueue::name).ifPresent(this::serve);
    }

    /** A queue by its name, added if need be; empty if this instance does not serve it. */
    Optional<ServedQueue> serve(QueueName queue) {
        return weights.serves(queue) ? Optional.of(servedQueues.computeIfAbsent(queue, this::begin)) : Optional.empty();
    }

    private ServedQueue begin(QueueName queue) {
        ServedQueue served = new ServedQueue(queue, weights.share(queue));
        if (queue.isPrivate()) {
            own.add(served);
        }
        return served;
    }

    /** Forgets queues that have nothing going on. */
    void forgetIdle() {
        if (weights.all()) {
            servedQueues.values().removeIf(served -> served.idle() && !served.queue.isPrivate());
        }
    }

    Collection<ServedQueue> all() {
        return servedQueues.values();
    }

    /** The queues whose claim got no answer and is to be sent again now. */
    List<ServedQueue> toRepeat() {
        long now = System.nanoTime();
        return servedQueues.values().stream()
                .filter(served -> served.repeatable(now))
                .toList();
    }

    boolean claiming() {
        return servedQueues.values().stream().anyMatch(served -> served.claim != null);
    }

    /** Whether only private queues are served for a while. Any thread. */
    boolean drained() {
        return drains.drainedHere();
    }

    /** @param task run on any thread whenever that may have changed */
    void onDrainChange(Runnable task) {
        drains.onChange(task);
    }

    /** Shares {@code workers} among the queues that can be claimed from; their {@link ServedQueue#allotted} says how many. */
    List<ServedQueue> allot(int workers) {
        long now = System.nanoTime();
        int forOwn = 0;
        for (ServedQueue served : own) {
            served.allotted = served.claimable(now) ? 1 : 0;
            forOwn += served.allotted;
        }
        List<ServedQueue> allotted = drained() ? new ArrayList<>() : share(workers - forOwn, now);
        if (forOwn > 0) {
            own.stream().filter(served -> served.allotted > 0).forEach(allotted::add);
        }
        return allotted;
    }

    private List<ServedQueue> share(int workers, long now) {
        List<ServedQueue> contenders = new ArrayList<>();
        List<ServedQueue> claimable = new ArrayList<>();
        long total = 0;
        for (ServedQueue served : servedQueues.values()) {
            if (served.queue.isPrivate()) {
                continue;
            }
            served.allotted = 0;
            if (!served.hinted()) {
                served.credit = 0;
                continue;
            }
            contenders.add(served);
            total += served.weight;
            if (served.claimable(now)) {
                claimable.add(served);
            }
        }
        if (contenders.size() == 1 && claimable.size() == 1 && workers > 0) {
            claimable.get(0).allotted = workers;
            return claimable;
        }
        for (int left = claimable.isEmpty() ? 0 : workers; left > 0; left--) {
            ServedQueue next = nextOf(contenders, now, total * MOST_CREDIT);
            next.credit = Math.max(next.credit - total, -total * MOST_CREDIT);
            next.allotted++;
        }
        claimable.removeIf(served -> served.allotted == 0);
        return claimable;
    }

    private static ServedQueue nextOf(List<ServedQueue> contenders, long now, long mostCredit) {
        ServedQueue best = null;
        for (ServedQueue served : contenders) {
            served.credit = Math.min(served.credit + served.weight, mostCredit);
            if (served.claimable(now) && (best == null || served.credit > best.credit)) {
                best = served;
            }
        }
        return best;
    }
}
