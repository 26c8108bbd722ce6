package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The names of all queues. Invariant: a Redis that has a job has the name of its queue, for the script that makes a job, or
 * makes one ready, writes both, and both are in one slot. Thread-safe.
 */
final class QueueNames {

    /** At most 64 KB. */
    private static final String PAGE = "1000";

    private final RedisCalls calls;
    private final UnreadableEntries unreadable;

    QueueNames(RedisCalls calls, UnreadableEntries unreadable) {
        this.calls = calls;
        this.unreadable = unreadable;
    }

    Uni<Set<QueueName>> all() {
        return Multi.createFrom()
                .iterable(IntStream.range(0, Buckets.COUNT).boxed().toList())
                .onItem()
                .transformToUni(bucket -> of(bucket, "-", new ArrayList<>()))
                .merge(Buckets.COUNT)
                .<Set<QueueName>>collect()
                .in(TreeSet::new, Set::addAll);
    }

    /** By the command that Redis 6.0 has; what the client would have instead came with 6.2. */
    @SuppressWarnings("deprecation")
    private Uni<List<QueueName>> of(int bucket, String from, List<QueueName> found) {
        return calls.run(LinkKind.READS, Command.ZRANGEBYLEX, Buckets.names(bucket), from, "+", "LIMIT", "0", PAGE)
                .flatMap(answer -> {
                    answer.forEach(member -> read(bucket, member.toString()).ifPresent(found::add));
                    return answer.size() < Integer.parseInt(PAGE)
                            ? Uni.createFrom().item(found)
                            : of(bucket, "(" + answer.get(answer.size() - 1), found);
                });
    }

    private Optional<QueueName> read(int bucket, String member) {
        Optional<QueueName> queue = read(member);
        if (queue.isEmpty()) {
            unreadable.found(Buckets.names(bucket), member);
        }
        return queue;
    }

    /** Empty if it is no name of a queue. */
    static Optional<QueueName> read(String member) {
        try {
            return Optional.of(new QueueName(member));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}
