package io.mainstay.redis.hook;

import io.mainstay.hook.NoticeStore;
import io.mainstay.job.QueueName;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.Buckets;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link NoticeStore} in Redis. What a bucket has of it lies beside its queues, so that the scripts that change these may write it; where
 * a queue has its name it has nothing, and a name is never empty.
 */
public final class RedisNoticeStore implements NoticeStore {

    private final RedisCalls calls;

    public RedisNoticeStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public int buckets() {
        return Buckets.COUNT;
    }

    @Override
    public int bucketOf(QueueName queue) {
        return Buckets.of(queue);
    }

    @Override
    public Uni<Long> want(int bucket, Wanted wanted) {
        List<String> args = List.of(
                Long.toString(wanted.version()),
                String.join(" ", wanted.dead().patterns()),
                String.join(" ", wanted.flowEnded().patterns()));
        return calls.run(Script.HOOK_MARK, List.of(hooks(bucket)), args)
                .map(answer -> Long.parseLong(answer.toString()));
    }

    @Override
    public Uni<Outbox> outbox(int bucket, int max, Duration again) {
        List<String> args = List.of(Integer.toString(max), Long.toString(again.toMillis()));
        return calls.run(Script.NOTICES, keys(bucket), args)
                .map(answer -> new Outbox(
                        Long.parseLong(answer.get(0).toString()),
                        answer.get(1).toLong(),
                        answer.stream().skip(2).map(Response::toString).toList()));
    }

    @Override
    public Uni<Void> done(int bucket, long dropped, List<String> notices) {
        List<String> args = new ArrayList<>(notices.size() + 1);
        args.add(Long.toString(dropped));
        args.addAll(notices);
        return calls.run(Script.NOTICES_DONE, keys(bucket), args).replaceWithVoid();
    }

    private static List<String> keys(int bucket) {
        return List.of(Buckets.prefixOf(bucket) + ":notices", hooks(bucket), Buckets.next(bucket));
    }

    private static String hooks(int bucket) {
        return Buckets.prefixOf(bucket) + ":hooks";
    }
}
