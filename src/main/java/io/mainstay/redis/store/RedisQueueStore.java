package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.QueueName;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
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

    private final RedisCalls calls;
    private final long maxWaiting;

    /** @param maxWaiting of a queue without a limit of its own */
    RedisQueueStore(RedisCalls calls, long maxWaiting) {
        this.calls = calls;
        this.maxWaiting = maxWaiting;
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
                        .map(entry ->
                                FiguresText.read(new QueueName(entry.getKey()), entry.getValue(), maxWaiting))
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
                Integer.toString(most));
        return calls.run(Script.DELETE_QUEUE, List.of(keys.meta()), args)
                .map(answer -> DeletionText.read(queue, answer));
    }
}
