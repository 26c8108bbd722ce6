package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueueContents;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@link QueueStore} in Redis. All buckets are asked at once, so a page takes one round trip: queues are spread evenly, so
 * each bucket answers somewhat more than its share of a page, and a page whose queues are spread otherwise is shorter.
 */
final class RedisQueueStore implements QueueStore {

    /** Beyond any character of a name. */
    private static final String AFTER_ALL = "{";

    private static final int GONE = 1;
    private static final int MORE = 2;

    /** Where {@code delete_queue.lua} answers the cancelled jobs, and words of each. */
    private static final int FIRST_CANCELLED = 4;

    private static final int WORDS = 3;

    private final RedisCalls calls;
    private final long maxWaiting;
    private final RememberedIds ids;

    /** @param maxWaiting of a queue without a limit of its own */
    RedisQueueStore(RedisCalls calls, long maxWaiting, RememberedIds ids) {
        this.calls = calls;
        this.maxWaiting = maxWaiting;
        this.ids = ids;
    }

    @Override
    public Uni<QueuePage> page(QueueQuery query) {
        String from = first(query);
        String to = query.prefix().isEmpty() ? "+" : "(" + query.prefix() + AFTER_ALL;
        String each = Integer.toString(MergedPage.ofEach(query.limit()));
        return BucketAnswers.of(bucket -> calls.run(
                        Script.LIST_QUEUES,
                        List.of(Buckets.names(bucket)),
                        List.of(Buckets.prefixOf(bucket), from, to, each)))
                .map(answers -> page(query, answers));
    }

    /** After the last one of the page before, or with what all begin with: whichever comes later. */
    private static String first(QueueQuery query) {
        String prefix = query.prefix();
        return query.after()
                .map(QueueName::value)
                .filter(after -> after.compareTo(prefix) >= 0)
                .map(after -> "(" + after)
                .orElse(prefix.isEmpty() ? "-" : "[" + prefix);
    }

    private QueuePage page(QueueQuery query, List<Response> answers) {
        MergedPage page = new MergedPage(query.limit());
        answers.forEach(answer -> page.add(
                answer.get(0).toString(),
                answer.stream()
                        .skip(1)
                        .collect(Collectors.toMap(queue -> queue.get(0).toString(), queue -> queue.get(1)))));
        return new QueuePage(
                page.entries().stream()
                        .map(entry -> FiguresText.read(QueueName.stored(entry.getKey()), entry.getValue(), maxWaiting))
                        .toList(),
                page.next(),
                answers.size() == Buckets.COUNT);
    }

    @Override
    public Uni<Long> count() {
        return Multi.createFrom()
                .iterable(IntStream.range(0, Buckets.COUNT).boxed().toList())
                .onItem()
                .transformToUni(bucket -> calls.run(LinkKind.READS, Command.ZCARD, Buckets.names(bucket)))
                .merge(Buckets.COUNT)
                .collect()
                .with(Collectors.summingLong(Response::toLong));
    }

    @Override
    public Uni<DeletionStep> deleteSome(QueueName queue, boolean force, int most) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(
                keys.jobPrefix(),
                keys.corruptPrefix(),
                keys.uniquePrefix(),
                RedisKeys.WAKE_CHANNEL,
                queue.value(),
                force ? "1" : "0",
                Integer.toString(most),
                ids.minAgeMs(),
                ids.repeatableMs(),
                ids.most());
        return calls.run(Script.DELETE_QUEUE, List.of(keys.meta()), args).map(answer -> deletion(queue, answer));
    }

    private static DeletionStep deletion(QueueName queue, Response answer) {
        Instant now = Instant.ofEpochMilli(answer.get(2).toLong());
        List<StateChange> cancelled = new ArrayList<>();
        for (int i = FIRST_CANCELLED; i < answer.size(); i += WORDS) {
            cancelled.add(new StateChange(
                    queue,
                    new JobId(answer.get(i).toString()),
                    new HandlerName(answer.get(i + 1).toString()),
                    JobState.CANCELLED,
                    answer.get(i + 2).toInteger(),
                    now));
        }
        int outcome = answer.get(0).toInteger();
        return new DeletionStep(
                outcome == GONE, outcome == MORE, cancelled, answer.get(1).toInteger(), contents(answer.get(3)));
    }

    private static QueueContents contents(Response held) {
        int states = FiguresText.COUNTED.size();
        return new QueueContents(
                FiguresText.counts(held, 0),
                held.get(states).toLong(),
                held.get(states + 1).toLong(),
                held.get(states + 2).toInteger() == 1);
    }
}
