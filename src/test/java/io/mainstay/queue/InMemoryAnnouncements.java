package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The naive twin of the announcements. */
public final class InMemoryAnnouncements implements Announcements {

    private final Clock clock;
    private final Map<Serving, Instant> validUntil = new ConcurrentHashMap<>();

    /** What remote workers serve. */
    private final Supplier<List<Serving>> remote;

    public InMemoryAnnouncements(Clock clock) {
        this(clock, List::of);
    }

    public InMemoryAnnouncements(Clock clock, Supplier<List<Serving>> remote) {
        this.clock = clock;
        this.remote = remote;
    }

    @Override
    public Uni<Void> announce(Serving serving, Duration validFor) {
        return Uni.createFrom().voidItem().invoke(() -> {
            Instant end = now().plus(validFor);
            // Valid for longer than is ever said: the clock has stepped back since.
            validUntil.replaceAll((other, until) -> until.isAfter(end) ? end : until);
            validUntil.put(serving, end);
        });
    }

    @Override
    public Uni<Optional<Set<HandlerName>>> served(QueueName queue) {
        return Uni.createFrom()
                .item(() -> Optional.of(there(queue).stream()
                        .flatMap(serving -> serving.handlers().stream())
                        .collect(Collectors.toSet())));
    }

    private List<Serving> there(QueueName queue) {
        Stream<Serving> instances = validUntil.entrySet().stream()
                .filter(entry -> entry.getValue().isAfter(now()))
                .map(Map.Entry::getKey);
        return Stream.concat(instances, remote.get().stream())
                .filter(serving -> serving.serves(queue))
                .toList();
    }

    @Override
    public Uni<Availability> availability(QueueName queue, HandlerName handler) {
        return Uni.createFrom().item(() -> {
            List<Serving> there = there(queue);
            if (there.isEmpty()) {
                return Availability.NO_QUEUE;
            }
            return there.stream().anyMatch(serving -> serving.handlers().contains(handler))
                    ? Availability.AVAILABLE
                    : Availability.NO_HANDLER;
        });
    }

    private Instant now() {
        return InMemoryJobStore.toMillis(clock.instant());
    }
}
