package io.mainstay.redis.workers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Serving;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.Script;
import io.mainstay.workers.WorkerStore;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@link Announcements} in Redis: a sorted set of what is served, by until when that is valid. Instances that serve the same say the
 * same, so a fleet of any size has few entries. What remote workers serve is noted down by {@link RedisWorkerStore}.
 */
public final class RedisAnnouncements implements Announcements {

    private static final String MOST_ENTRIES = "1000";
    private static final String MOST_SERVED = Integer.toString(WorkerStore.MOST_SERVED);

    private final RedisCalls calls;

    public RedisAnnouncements(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> announce(Serving serving, Duration validFor) {
        List<String> args = List.of(WorkerCodec.serving(serving), Long.toString(validFor.toMillis()), MOST_ENTRIES);
        return calls.run(Script.ANNOUNCE, List.of(WorkerKeys.SERVING), args).replaceWithVoid();
    }

    @Override
    public Uni<Optional<Set<HandlerName>>> served(QueueName queue) {
        List<String> args = List.of(queue.value(), MOST_ENTRIES, MOST_SERVED);
        List<String> keys = List.of(WorkerKeys.SERVING, WorkerKeys.SERVED, WorkerKeys.TEXTS);
        return calls.run(Script.SERVED_HANDLERS, keys, args)
                .map(lists -> lists.type() == ResponseType.NUMBER
                        ? Optional.empty()
                        : Optional.of(lists.stream()
                                .flatMap(list -> WorkerCodec.handlers(list.toString()).stream())
                                .collect(Collectors.toSet())));
    }

    @Override
    public Uni<Availability> availability(QueueName queue, HandlerName handler) {
        List<String> args = List.of(queue.logical().value(), handler.value(), MOST_ENTRIES, MOST_SERVED);
        List<String> keys = List.of(WorkerKeys.SERVING, WorkerKeys.SERVED, WorkerKeys.TEXTS);
        return calls.run(Script.AVAILABILITY, keys, args).map(answer -> switch (answer.toString()) {
            case "no-queue" -> Availability.NO_QUEUE;
            case "no-handler" -> Availability.NO_HANDLER;
            default -> Availability.AVAILABLE;
        });
    }
}
