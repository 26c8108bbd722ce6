package io.mainstay.api.listing;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.QueueFigures;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Goes through queues by name, on behalf of one request: through {@value #MOST_QUEUES} at most, for {@value #MOST_SECONDS} s at most. What does not
 * answer in time is passed over, and named.
 */
final class QueueWalk {

    static final int MOST_QUEUES = 500;
    private static final int MOST_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final QueueListing listing;
    private final QueueRange range;
    private final Function<List<QueueFigures>, Uni<Optional<SearchCursor>>> visit;
    private final LongSupplier nanoTime;
    private final long begun;
    private final Set<String> unavailable = new ConcurrentSkipListSet<>();
    private boolean complete = true;
    private int left = MOST_QUEUES;

    /** @param visit what to do with some queues; where the request ends, if it does there */
    QueueWalk(
            QueueListing listing,
            QueueRange range,
            Function<List<QueueFigures>, Uni<Optional<SearchCursor>>> visit,
            LongSupplier nanoTime) {
        this.listing = listing;
        this.range = range;
        this.visit = visit;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /** Queues behind one, or all; where the request ended, empty if it has come to the end of all. */
    Uni<Optional<SearchCursor>> from(Optional<QueueName> after) {
        int limit = Math.min(left, QueueQuery.MOST);
        if (limit == 0 || late()) {
            return Uni.createFrom().item(after.map(queue -> new SearchCursor(queue, Optional.empty())));
        }
        return listing.page(new QueueQuery(range.prefix(), after, limit), range.allowed())
                .flatMap(this::visit);
    }

    private Uni<Optional<SearchCursor>> visit(QueuePage page) {
        complete = complete && page.complete();
        left -= page.queues().size();
        return visit.apply(page.queues()).flatMap(end -> {
            if (end.isPresent() || page.next().isEmpty()) {
                return Uni.createFrom().item(end);
            }
            return from(page.next().map(QueueName::new));
        });
    }

    /** What is asked of a queue, or nothing if it does not answer in time. */
    <T> Uni<Optional<T>> ask(QueueName queue, Uni<T> question) {
        return question.map(Optional::of)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure(failure -> !(failure instanceof InvalidValueException))
                .recoverWithItem(failure -> {
                    unavailable.add(queue.value());
                    return Optional.empty();
                });
    }

    boolean late() {
        return nanoTime.getAsLong() - begun > Duration.ofSeconds(MOST_SECONDS).toNanos();
    }

    /** Queues that did not answer. */
    List<String> unavailable() {
        return List.copyOf(unavailable);
    }

    /** False if a part of the store did not answer which queues it has. */
    boolean complete() {
        return complete;
    }
}
