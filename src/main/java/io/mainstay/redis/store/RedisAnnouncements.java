package io.mainstay.redis.store;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Serving;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@link Announcements} in Redis: a sorted set of what is served, by until when that is valid. Instances that serve the same say the
 * same, so a fleet of any size has few entries.
 */
final class RedisAnnouncements implements Announcements {

    /** A tag that no queue can have. */
    static final String SERVING = "ms:{:workers}:serving";

    private static final String MOST_ENTRIES = "1000";
    private static final String ALL = "*";

    private final RedisCalls calls;

    RedisAnnouncements(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> announce(Serving serving, Duration validFor) {
        List<String> args = List.of(text(serving), Long.toString(validFor.toMillis()), MOST_ENTRIES);
        return calls.run(Script.ANNOUNCE, List.of(SERVING), args).replaceWithVoid();
    }

    @Override
    public Uni<Availability> availability(QueueName queue, HandlerName handler) {
        List<String> args = List.of(queue.value(), handler.value(), MOST_ENTRIES);
        return calls.run(Script.AVAILABILITY, List.of(SERVING), args).map(answer -> switch (answer.toString()) {
            case "no-queue" -> Availability.NO_QUEUE;
            case "no-handler" -> Availability.NO_HANDLER;
            default -> Availability.AVAILABLE;
        });
    }

    /** Sorted, for the same to be the same text. */
    private static String text(Serving serving) {
        return (serving.queues().isEmpty() ? ALL : joined(serving.queues())) + " " + joined(serving.handlers());
    }

    private static String joined(Set<?> names) {
        return names.stream().map(Object::toString).sorted().collect(Collectors.joining(","));
    }
}
