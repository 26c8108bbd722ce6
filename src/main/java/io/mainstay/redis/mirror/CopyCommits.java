package io.mainstay.redis.mirror;

import io.mainstay.health.LinkKind;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.mirror.Copied;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.store.GroupCommit;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.Script;
import io.mainstay.redis.store.WaitingBound;
import io.mainstay.vertx.EventLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Copies of jobs of one queue that arrive together on one event loop share a script call. */
final class CopyCommits {

    private static final int MAX_BATCH = 100;
    /** Queues with a commit object of their own per event loop; beyond, idle ones are dropped. */
    private static final int MAX_IDLE_QUEUES = 256;
    /** Of most jobs; what else they have is bounded. */
    private static final long BYTES_BESIDE_PAYLOAD = 256;

    private final RedisCalls calls;
    private final RedisLinks links;
    private final WaitingBound bound;
    private final String mostWaiting;
    private final Map<EventLoop, Map<BatchKey, GroupCommit<Copy, Copied>>> commits = new ConcurrentHashMap<>();

    /** Copies that can share a call. */
    private record BatchKey(QueueName queue, long epoch, boolean alone) {}

    private record Copy(List<String> words, long bytes) {

        static Copy of(NewJob job) {
            List<String> words = new ArrayList<>(5);
            CopyText.write(job, words);
            return new Copy(words, BYTES_BESIDE_PAYLOAD + job.spec().payload().bytes());
        }
    }

    /** @param mostWaiting copies without an owner, unless the queue has a limit of its own */
    CopyCommits(RedisCalls calls, RedisLinks links, RedisConfig config, long mostWaiting) {
        this.calls = calls;
        this.links = links;
        this.bound = new WaitingBound(
                config.maxWaitingEnqueues(), config.maxWaitingBytes().asLongValue());
        this.mostWaiting = Long.toString(mostWaiting);
    }

    Uni<Copied> copy(NewJob job, long epoch, boolean alone) {
        EventLoop loop = links.loop();
        BatchKey together = new BatchKey(job.queue(), epoch, alone);
        Map<BatchKey, GroupCommit<Copy, Copied>> ofLoop = commits.computeIfAbsent(loop, l -> new HashMap<>());
        return Uni.createFrom().emitter(emitter -> {
            Copy copy = Copy.of(job);
            loop.execute(() -> add(copy, emitter, together, ofLoop, loop));
        });
    }

    /** Nobody hears of what a task of an event loop throws. */
    private void add(
            Copy copy,
            UniEmitter<? super Copied> emitter,
            BatchKey together,
            Map<BatchKey, GroupCommit<Copy, Copied>> ofLoop,
            EventLoop loop) {
        try {
            if (ofLoop.size() > MAX_IDLE_QUEUES) {
                ofLoop.values().removeIf(GroupCommit::idle);
            }
            ofLoop.computeIfAbsent(together, unknown -> commits(together, loop)).add(copy, emitter);
        } catch (RuntimeException e) {
            emitter.fail(e);
        }
    }

    private GroupCommit<Copy, Copied> commits(BatchKey together, EventLoop loop) {
        String key = new RedisKeys(together.queue()).meta();
        return new GroupCommit<>(
                new GroupCommit.Batch<>(MAX_BATCH, Copy::bytes),
                bound.share(),
                calls.timeout(),
                () -> links.receiving(loop, LinkKind.WRITES, key),
                loop::execute,
                copies -> commit(together, copies));
    }

    private Uni<List<Copied>> commit(BatchKey together, List<Copy> copies) {
        RedisKeys keys = new RedisKeys(together.queue());
        List<String> args = new ArrayList<>(4 + 5 * copies.size());
        args.add(keys.jobPrefix());
        args.add(Long.toString(together.epoch()));
        args.add(together.alone() ? "1" : "");
        args.add(mostWaiting);
        copies.forEach(copy -> args.addAll(copy.words()));
        return calls.run(Script.MIRROR_COPY, List.of(keys.meta(), keys.held()), args)
                .map(answer -> MirrorAnswers.copied(answer, copies.size()));
    }
}
