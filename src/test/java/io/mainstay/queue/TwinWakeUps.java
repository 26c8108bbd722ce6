package io.mainstay.queue;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the in-memory store tells workers: it looks at a queue before and after each change. That takes time, so it begins when
 * somebody asks for the first time. Not thread-safe.
 */
final class TwinWakeUps {

    /** What is due later is found by polls. */
    private static final Duration FAR = Duration.ofSeconds(60);

    private final List<QueueName> told = new ArrayList<>();
    private boolean heard;

    /**
     * What workers may find in a queue.
     *
     * @param any what a worker may serve of which a job may start, see {@link TwinLines#heard}, but for what holds the whole queue
     * @param served those of them that are not paused
     * @param full whether as many run as may
     * @param firstDue of scheduled jobs
     */
    record Sight(Set<String> any, Set<String> served, boolean full, Optional<Instant> firstDue) {

        boolean isNewsAfter(Sight before, Instant now) {
            boolean sooner = firstDue.filter(due -> due.isBefore(before.firstDue.orElse(Instant.MAX)))
                    .filter(due -> due.isBefore(now.plus(FAR)))
                    .isPresent();
            return sooner || !before.any.containsAll(any) || !any.isEmpty() && before.full && !full;
        }
    }

    /**
     * Claims tell only of what they found and left to others: that a lease is over needs no telling, as claimants know when. Those
     * that want nothing tell of whatever may start.
     */
    Claimed aroundClaim(TwinQueue queue, ClaimRequest request, Instant now, Supplier<Claimed> claim) {
        int before = told.size();
        Claimed claimed = around(queue, claim, (then, after) -> !then.served.containsAll(after.served));
        if (request.max() == 0 && queue.isOpen(now) && !queue.sight().served.isEmpty() && told.size() == before) {
            tell(queue.name());
        }
        return claimed;
    }

    <T> T around(TwinQueue queue, Instant now, Supplier<T> change) {
        return around(queue, change, (before, after) -> after.isNewsAfter(before, now));
    }

    void tell(QueueName queue) {
        if (heard) {
            told.add(queue);
        }
    }

    /** Since this was asked last. */
    List<QueueName> told() {
        heard = true;
        List<QueueName> all = List.copyOf(told);
        told.clear();
        return all;
    }

    private interface News {
        boolean of(Sight before, Sight after);
    }

    private <T> T around(TwinQueue queue, Supplier<T> change, News news) {
        if (!heard) {
            return change.get();
        }
        Sight before = queue.sight();
        T answer = change.get();
        if (news.of(before, queue.sight())) {
            told.add(queue.name());
        }
        return answer;
    }
}
