package io.mainstay.workers;

import io.mainstay.handler.HandlerCatalog;
import io.mainstay.job.HandlerName;
import io.mainstay.queue.handlers.HandlerSightings;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who has which handlers, as far as they are known: read from the store, page by page. Thread-safe. */
@Singleton
class WorkersByHandler implements HandlerSightings {

    private static final int PAGE = 200;
    /** Of more workers the handlers are known, but not who has them. */
    private static final int MOST_PAGES = 50;

    private final WorkerStore store;
    private final HandlerCatalog here;

    WorkersByHandler(WorkerStore store, HandlerCatalog here) {
        this.store = store;
        this.here = here;
    }

    /** How many have a handler now. */
    private static final class Count {
        private int all;
        private int remote;
    }

    @Override
    public Uni<Map<HandlerName, Sighting>> all() {
        return count(Optional.empty(), new HashMap<>(), MOST_PAGES)
                .flatMap(counts -> store.handlersSeen().map(seen -> sightings(seen, counts)));
    }

    private Uni<Map<HandlerName, Count>> count(Optional<WorkerId> after, Map<HandlerName, Count> counts, int pages) {
        return store.page(after, PAGE).flatMap(page -> {
            page.workers().forEach(worker -> count(worker, counts));
            return page.next().isEmpty() || pages == 1
                    ? Uni.createFrom().item(counts)
                    : count(page.next(), counts, pages - 1);
        });
    }

    private static void count(KnownWorker worker, Map<HandlerName, Count> counts) {
        worker.profile().ifPresent(profile -> profile.serving().handlers().forEach(handler -> {
            Count count = counts.computeIfAbsent(handler, first -> new Count());
            count.all++;
            count.remote += worker.id().kind() == WorkerKind.REMOTE ? 1 : 0;
        }));
    }

    private Map<HandlerName, Sighting> sightings(Map<HandlerName, Instant> seen, Map<HandlerName, Count> counts) {
        Map<HandlerName, Sighting> sightings = new HashMap<>();
        seen.forEach((handler, last) -> {
            Count count = counts.getOrDefault(handler, new Count());
            // Of one that this instance has, nobody noted down whether a worker elsewhere had it once.
            sightings.put(handler, new Sighting(count.remote > 0 || !here.knows(handler), count.all, last));
        });
        return sightings;
    }
}
