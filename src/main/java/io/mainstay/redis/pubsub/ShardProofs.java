package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * By which shards canaries are published, and through which of them wake-ups are therefore known to come: a message goes from the
 * node where it was published over the bus of the cluster, so it proves that node's way alone. Of a few shards each is tried every time,
 * so that one whose messages are lost is found out as fast as a single Redis is; of more they have turns. One that is not proven is tried
 * every time besides, so that it does not take the turns of the others. Confined to an event loop, but for {@link #proven}.
 */
final class ShardProofs {

    /** So many shards are tried each time, if there are as many; more, so that each has its turn within {@value #LONGEST_TURN} times. */
    private static final int EACH_TIME = 4;

    private static final int LONGEST_TURN = 4;
    /** After it was sent, in parts of an interval; what one shard alone is given, too, see {@link SubscriptionHealth}. */
    private static final double LATE_AFTER = 0.5;
    /** Those before are not waited for any more. */
    private static final int MOST_UNDER_WAY = 1000;

    private final long lateAfter;
    private final Map<Long, Shard> underWay = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Shard> eldest) {
            return size() > MOST_UNDER_WAY;
        }
    };
    /** Since when a shard owes a canary. */
    private final Map<Shard, Long> owedSince = new HashMap<>();

    private final Set<Shard> tried = new HashSet<>();
    private int provenTurn;
    private int otherTurn;
    private volatile Set<Shard> proven = Set.of();

    ShardProofs(Duration interval) {
        this.lateAfter = (long) (interval.toNanos() * LATE_AFTER);
    }

    /** Nothing is known of a new subscription. */
    void reset() {
        underWay.clear();
        owedSince.clear();
        tried.clear();
        proven = Set.of();
    }

    /** Those that a canary is to be published by now: all that never had one, else those whose turn it is. */
    List<Shard> next(List<Shard> all) {
        tried.retainAll(all);
        owedSince.keySet().retainAll(all);
        List<Shard> next = new ArrayList<>(
                all.stream().filter(shard -> !tried.contains(shard)).toList());
        if (next.isEmpty()) {
            provenTurn = take(all, proven::contains, each(all.size()), provenTurn, next);
            otherTurn = take(all, shard -> !proven.contains(shard), 1, otherTurn, next);
        }
        return next;
    }

    private static int each(int shards) {
        return Math.max(EACH_TIME, (shards + LONGEST_TURN - 1) / LONGEST_TURN);
    }

    private static int take(List<Shard> all, Predicate<Shard> which, int most, int turn, List<Shard> into) {
        int last = turn;
        int taken = 0;
        for (int i = 0; i < all.size() && taken < most; i++) {
            int at = (turn + i) % all.size();
            if (which.test(all.get(at))) {
                into.add(all.get(at));
                taken++;
                last = at + 1;
            }
        }
        return last;
    }

    void sent(Shard by, long number, long now) {
        tried.add(by);
        underWay.put(number, by);
        owedSince.putIfAbsent(by, now);
    }

    void back(long number) {
        Shard by = underWay.remove(number);
        if (by != null) {
            owedSince.remove(by);
            if (!proven.contains(by)) {
                Set<Shard> more = new HashSet<>(proven);
                more.add(by);
                proven = Set.copyOf(more);
            }
        }
    }

    /** @return whether a shard is proven no longer */
    boolean judge(long now) {
        Set<Shard> left = new HashSet<>(proven);
        left.removeIf(shard -> owedSince.containsKey(shard) && now - owedSince.get(shard) >= lateAfter);
        if (left.size() == proven.size()) {
            return false;
        }
        proven = Set.copyOf(left);
        return true;
    }

    /** Any thread. */
    boolean proven(Shard shard) {
        return proven.contains(shard);
    }
}
