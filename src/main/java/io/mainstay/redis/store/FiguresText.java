package io.mainstay.redis.store;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.QueueFigures;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The figures of a queue, as {@code lib/figures.lua} answers them. */
final class FiguresText {

    /** The order they are counted in. */
    static final List<JobState> COUNTED = List.of(
            JobState.READY,
            JobState.SCHEDULED,
            JobState.RUNNING,
            JobState.SUCCEEDED,
            JobState.DEAD,
            JobState.CANCELLED,
            JobState.BLOCKED);

    /** Place among the limits. */
    private static final int PAUSED_HANDLERS = 5;

    private static final int FORGOTTEN = 6;
    private static final int REMEMBERED = 7;

    private FiguresText() {}

    /** @param maxWaiting of a queue without a limit of its own */
    static QueueFigures read(QueueName queue, Response answer, long maxWaiting) {
        long pausedMs = answer.get(0).toLong();
        long oldestMs = answer.get(1).toLong();
        Response limits = answer.get(2);
        return new QueueFigures(
                queue,
                pausedMs < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(pausedMs)),
                handlers(limits.get(PAUSED_HANDLERS)),
                counts(answer, 3),
                oldestMs < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(oldestMs)),
                limits.get(FORGOTTEN) == null ? 0 : limits.get(FORGOTTEN).toLong(),
                limits.get(REMEMBERED).toLong(),
                LimitsText.read(limits, maxWaiting));
    }

    /** @param from where the first of them is */
    static Map<JobState, Long> counts(Response answer, int from) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (int i = 0; i < COUNTED.size(); i++) {
            counts.put(COUNTED.get(i), answer.get(from + i).toLong());
        }
        return counts;
    }

    private static Set<HandlerName> handlers(Response names) {
        return names == null
                ? Set.of()
                : Arrays.stream(names.toString().strip().split(" "))
                        .map(HandlerName::new)
                        .collect(Collectors.toSet());
    }
}
