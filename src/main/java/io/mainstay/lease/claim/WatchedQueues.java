package io.mainstay.lease.claim;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.places.QueuePlaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * Which lines wait for jobs of a queue, and when the next one may come by itself. Loop only, but for {@link #watches}.
 *
 * <p>What becomes due by itself is one claim's work, whoever makes it: it tells of all handlers that have jobs then, as every claim does. So one
 * line is enough for that.
 */
final class WatchedQueues {

    /** Longer waits are not timed: polls, at most a minute apart, tell of them again. */
    private static final Duration LONGEST_TIMER = Duration.ofMinutes(2);

    private static final int DUE_JITTER_MS = 4;

    private final ClaimLoop loop;
    private final HeldHandlers held;
    private final QueuePlaces places;
    private final BiConsumer<Line, QueueName> wake;
    private final Map<QueueName, Watched> queues = new ConcurrentHashMap<>();

    private static final class Watched {
        private final List<Line> lines = new ArrayList<>(1);
        private Runnable cancelDue = () -> {};
    }

    /** @param wake has a line look for jobs in a queue */
    WatchedQueues(ClaimLoop loop, LineClaims.Outside outside, BiConsumer<Line, QueueName> wake) {
        this.loop = loop;
        this.held = outside.held();
        this.places = outside.places();
        this.wake = wake;
    }

    /** Whether anybody may wait for jobs of it. Any thread. */
    boolean watches(QueueName queue) {
        return queues.containsKey(queue) || queue.isPlace() && queues.containsKey(queue.logical());
    }

    /** What a request asks for: jobs of all places of its queues. */
    Line.Key placesOf(Ask ask) {
        return new Line.Key(Set.copyOf(ask.over(places).queues()), ask.handlers());
    }

    void add(Line line) {
        line.key.queues().forEach(queue -> queues.computeIfAbsent(queue, none -> new Watched())
                .lines
                .add(line));
    }

    void remove(Line line) {
        for (QueueName queue : line.key.queues()) {
            Watched watched = queues.get(queue);
            if (watched != null && watched.lines.remove(line) && watched.lines.isEmpty()) {
                watched.cancelDue.run();
                queues.remove(queue);
            }
        }
    }

    /**
     * There may be jobs of the queue.
     *
     * @param handlers of which; empty if of any
     */
    void hint(QueueName queue, Set<HandlerName> handlers) {
        lines(queue).stream()
                .filter(line -> handlers.isEmpty()
                        || handlers.stream()
                                .anyMatch(handler ->
                                        line.key.handlers().contains(handler) && held.mayClaim(queue, handler)))
                .forEach(line -> wake.accept(line, queue));
    }

    /**
     * Somebody must look at the queue.
     *
     * @param handler who serves that; empty if anybody will do
     */
    void due(QueueName queue, Optional<HandlerName> handler) {
        if (handler.isPresent()) {
            hint(queue, Set.of(handler.get()));
        } else {
            lines(queue).stream().findFirst().ifPresent(line -> wake.accept(line, queue));
        }
    }

    /** The same after a while: a moment later than told, so that instances that all know of it do not all come in the same one. */
    void dueIn(QueueName queue, Duration wait) {
        Watched watched = queues.get(queue);
        if (watched == null) {
            return;
        }
        watched.cancelDue.run();
        watched.cancelDue = () -> {};
        if (wait.compareTo(LONGEST_TIMER) <= 0) {
            Duration later = wait.plusMillis(1 + ThreadLocalRandom.current().nextInt(DUE_JITTER_MS));
            watched.cancelDue = loop.after(later, () -> due(queue, Optional.empty()));
        }
    }

    /** Those in which somebody waits, the one of whoever waits for longest first; of a place that nobody knew of, those for its queue. */
    private List<Line> lines(QueueName queue) {
        Watched watched = queues.getOrDefault(queue, queues.get(queue.logical()));
        if (watched == null) {
            return List.of();
        }
        return watched.lines.stream()
                .filter(line -> !line.isEmpty())
                .sorted(Comparator.comparingLong(line -> line.first().orElseThrow().arrivedAt))
                .toList();
    }
}
