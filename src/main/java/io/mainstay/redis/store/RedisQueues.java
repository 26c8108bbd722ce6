package io.mainstay.redis.store;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** What is stored of queues: figures, pauses and limits. */
final class RedisQueues {

    private final RedisCalls calls;
    private final long maxWaiting;

    /** @param maxWaiting of a queue without a limit of its own */
    RedisQueues(RedisCalls calls, long maxWaiting) {
        this.calls = calls;
        this.maxWaiting = maxWaiting;
    }

    Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        return Multi.createFrom()
                .iterable(queues)
                .onItem()
                .transformToUniAndConcatenate(this::figures)
                .collect()
                .asList();
    }

    Uni<Void> setPaused(QueueName queue, boolean paused) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(paused ? "1" : "0", keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, queue.value());
        return calls.run(Script.PAUSE, List.of(keys.meta(), keys.state(JobState.RUNNING)), args)
                .replaceWithVoid();
    }

    Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(
                handler.value(),
                paused ? "1" : "0",
                Integer.toString(JobStore.MOST_PAUSED_HANDLERS),
                keys.jobPrefix(),
                RedisKeys.WAKE_CHANNEL,
                queue.value());
        return calls.run(Script.PAUSE_HANDLER, List.of(keys.meta(), keys.state(JobState.RUNNING)), args)
                .map(answer -> answer.toInteger() == 1);
    }

    Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(List.of(keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, queue.value(), ""));
        args.addAll(LimitsText.write(patch));
        return calls.run(Script.LIMIT, List.of(keys.meta()), args).chain(next -> goOn(queue, next.toString()));
    }

    /** Through the groups of the queue. Should this end early, the same request starts again. */
    private Uni<Void> goOn(QueueName queue, String step) {
        if (step.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, queue.value(), step);
        return calls.run(Script.LIMIT, List.of(keys.meta()), args).chain(next -> goOn(queue, next.toString()));
    }

    private Uni<QueueFigures> figures(QueueName queue) {
        RedisKeys keys = new RedisKeys(queue);
        return calls.run(Script.FIGURES, List.of(keys.meta()), List.of(keys.jobPrefix()))
                .map(answer -> FiguresText.read(queue, answer, maxWaiting));
    }
}
