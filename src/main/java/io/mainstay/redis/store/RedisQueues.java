package io.mainstay.redis.store;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.QueueLimits;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is stored of queues: their names, figures, pauses and limits. */
final class RedisQueues {

    /** The order figures.lua counts in. */
    private static final List<JobState> COUNTED = List.of(
            JobState.READY,
            JobState.SCHEDULED,
            JobState.RUNNING,
            JobState.SUCCEEDED,
            JobState.DEAD,
            JobState.CANCELLED,
            JobState.BLOCKED);

    /** Place among the limits that a queue's figures bring. */
    private static final int PAUSED_HANDLERS = 5;

    private static final int FORGOTTEN = 6;

    private final RedisCalls calls;
    private final QueueNames names;
    private final long maxWaiting;

    /** @param maxWaiting of a queue without a limit of its own */
    RedisQueues(RedisCalls calls, QueueNames names, long maxWaiting) {
        this.calls = calls;
        this.names = names;
        this.maxWaiting = maxWaiting;
    }

    Uni<Set<QueueName>> names() {
        return names.all();
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

    Uni<Void> setLimits(QueueName queue, QueueLimits limits) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(List.of(keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, queue.value(), ""));
        args.addAll(LimitsText.write(limits));
        return calls.run(Script.LIMIT, limited(keys), args).chain(next -> goOn(queue, next.toString()));
    }

    /** Through the groups of the queue. Should this end early, the same request begins anew. */
    private Uni<Void> goOn(QueueName queue, String step) {
        if (step.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, queue.value(), step);
        return calls.run(Script.LIMIT, limited(keys), args).chain(next -> goOn(queue, next.toString()));
    }

    private static List<String> limited(RedisKeys keys) {
        return List.of(keys.meta(), keys.state(JobState.READY));
    }

    private Uni<QueueFigures> figures(QueueName queue) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> counted = new ArrayList<>(List.of(keys.meta()));
        COUNTED.forEach(state -> counted.add(keys.state(state)));
        return calls.run(Script.FIGURES, counted, List.of(keys.jobPrefix())).map(answer -> readFigures(queue, answer));
    }

    private QueueFigures readFigures(QueueName queue, Response answer) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (int i = 0; i < COUNTED.size(); i++) {
            counts.put(COUNTED.get(i), answer.get(i + 3).toLong());
        }
        long oldestMs = answer.get(1).toLong();
        Optional<Duration> oldest = oldestMs < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(oldestMs));
        Response limits = answer.get(2);
        return new QueueFigures(
                queue,
                answer.get(0).toInteger() == 1,
                handlers(limits.get(PAUSED_HANDLERS)),
                counts,
                oldest,
                limits.get(FORGOTTEN) == null ? 0 : limits.get(FORGOTTEN).toLong(),
                LimitsText.read(limits, maxWaiting));
    }

    private static Set<HandlerName> handlers(Response names) {
        return names == null
                ? Set.of()
                : Arrays.stream(names.toString().strip().split(" "))
                        .map(HandlerName::new)
                        .collect(Collectors.toSet());
    }
}
