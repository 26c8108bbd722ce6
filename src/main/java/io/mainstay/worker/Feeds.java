package io.mainstay.worker;

import io.mainstay.job.QueueName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The queues this instance serves, and how they share its free workers: smooth weighted round robin, one worker after
 * the other (the algorithm of nginx's upstream balancer, F. Malykh, 2012). A queue whose claim is under way cannot be
 * given workers, but gathers credit meanwhile, so that its share does not depend on how fast the store answers. The
 * private queue gets one worker whenever it may have a job, and takes part in nothing else. Loop only.
 */
final class Feeds {

    /** In rounds. Bounded, or a queue whose claim hung would come back with credit to starve the others. */
    private static final int MOST_CREDIT = 16;

    private final Map<QueueName, Feed> feeds = new HashMap<>();
    private final QueueWeights weights;
    private final RandomGenerator random;

    Feeds(QueueWeights weights, RandomGenerator random) {
        this.weights = weights;
        this.random = random;
        weights.named().keySet().forEach(this::serve);
        weights.own().ifPresent(this::serve);
    }

    /** The feed of a queue, made if need be; empty if this instance does not serve it. */
    Optional<Feed> serve(QueueName queue) {
        return weights.serves(queue)
                ? Optional.of(feeds.computeIfAbsent(queue, name -> new Feed(name, weights.of(name), random)))
                : Optional.empty();
    }

    /** Serves all of {@code known}, has a look at those that are new, and forgets queues that are not known any more and have nothing going on. */
    void known(Set<QueueName> known) {
        if (weights.all()) {
            known.stream().filter(queue -> !feeds.containsKey(queue)).forEach(queue -> serve(queue)
                    .ifPresent(Feed::poll));
            feeds.values().removeIf(feed -> feed.idle() && !known.contains(feed.queue) && !feed.queue.isPrivate());
        }
    }

    /** Whether every queue is served, so that new ones have to be looked for. */
    boolean open() {
        return weights.all();
    }

    Collection<Feed> all() {
        return feeds.values();
    }

    /** The feeds whose claim got no answer and is to be sent again now. */
    List<Feed> toRepeat() {
        long now = System.nanoTime();
        return feeds.values().stream().filter(feed -> feed.repeatable(now)).toList();
    }

    boolean claiming() {
        return feeds.values().stream().anyMatch(feed -> feed.claim != null);
    }

    /** Shares {@code workers} among the queues that can be claimed from; their {@link Feed#allotted} says how many. */
    List<Feed> allot(int workers) {
        long now = System.nanoTime();
        Optional<Feed> own = weights.own().map(feeds::get).filter(feed -> feed.claimable(now));
        List<Feed> allotted = share(workers - (own.isPresent() ? 1 : 0), now);
        own.ifPresent(feed -> {
            feed.allotted = 1;
            allotted.add(feed);
        });
        return allotted;
    }

    private List<Feed> share(int workers, long now) {
        List<Feed> contenders = new ArrayList<>();
        List<Feed> claimable = new ArrayList<>();
        long total = 0;
        for (Feed feed : feeds.values()) {
            feed.allotted = 0;
            if (feed.queue.isPrivate()) {
                continue;
            }
            if (!feed.hinted()) {
                feed.credit = 0;
                continue;
            }
            contenders.add(feed);
            total += feed.weight;
            if (feed.claimable(now)) {
                claimable.add(feed);
            }
        }
        if (contenders.size() == 1 && claimable.size() == 1 && workers > 0) {
            claimable.get(0).allotted = workers;
            return claimable;
        }
        for (int left = claimable.isEmpty() ? 0 : workers; left > 0; left--) {
            Feed next = nextOf(contenders, now, total * MOST_CREDIT);
            next.credit = Math.max(next.credit - total, -total * MOST_CREDIT);
            next.allotted++;
        }
        claimable.removeIf(feed -> feed.allotted == 0);
        return claimable;
    }

    private static Feed nextOf(List<Feed> contenders, long now, long mostCredit) {
        Feed best = null;
        for (Feed feed : contenders) {
            feed.credit = Math.min(feed.credit + feed.weight, mostCredit);
            if (feed.claimable(now) && (best == null || feed.credit > best.credit)) {
                best = feed;
            }
        }
        return best;
    }
}
