package io.mainstay.api.listing;

import io.mainstay.job.QueueName;
import io.mainstay.queue.QueueFigures;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the queues that a caller may see: goes through the ranges of its patterns in the order of names, and asks the store about a
 * bounded number of them for a page. So a page may be short and continue.
 */
@Singleton
public class QueueListing {

    /** Of the store, for one page. */
    private static final int MOST_READS = 5;

    private final QueueStore queues;

    QueueListing(QueueStore queues) {
        this.queues = queues;
    }

    public Uni<QueuePage> page(QueueQuery query, QueuePatterns allowed) {
        if (allowed.matchAll()) {
            return queues.page(query);
        }
        return goOn(query, NameRange.of(allowed, query.prefix()), new Found(List.of(), true), MOST_READS);
    }

    private Uni<QueuePage> goOn(QueueQuery query, List<NameRange> ranges, Found found, int reads) {
        Optional<NameRange> range = query.after()
                .map(QueueName::value)
                .map(after -> NameRange.first(ranges, after))
                .orElseGet(() -> ranges.stream().findFirst());
        if (range.isEmpty()) {
            return Uni.createFrom().item(found.page(Optional.empty()));
        }
        int left = query.limit() - found.queues().size();
        if (left == 0 || reads == 0) {
            return Uni.createFrom().item(found.page(query.after()));
        }
        NameRange current = range.get();
        return queues.page(new QueueQuery(current.prefix(), query.after(), current.exact() ? 1 : left))
                .flatMap(page -> {
                    Optional<String> inside = current.exact() ? Optional.empty() : page.next();
                    QueueName next = new QueueName(inside.orElseGet(current::last));
                    return goOn(
                            new QueueQuery(query.prefix(), Optional.of(next), query.limit()),
                            ranges,
                            found.and(page, current),
                            reads - 1);
                });
    }

    private record Found(List<QueueFigures> queues, boolean complete) {

        Found and(QueuePage page, NameRange range) {
            List<QueueFigures> all = new ArrayList<>(queues);
            page.queues().stream()
                    .filter(queue -> range.contains(queue.queue().value()))
                    .forEach(all::add);
            return new Found(all, complete && page.complete());
        }

        QueuePage page(Optional<QueueName> next) {
            return new QueuePage(queues, next.map(QueueName::value), complete);
        }
    }
}
