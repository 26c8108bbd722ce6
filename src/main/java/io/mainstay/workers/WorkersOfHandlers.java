package io.mainstay.workers;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.Serving;
import io.mainstay.queue.handlers.HandlerSightings;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which workers have which handlers, for lists of handlers. Thread-safe. */
@Singleton
class WorkersOfHandlers implements HandlerSightings {

    private static final int PAGE = 200;
    /** Of more workers the first are counted. */
    private static final int MOST_PAGES = 5;

    private final WorkerStore store;
    private final AnnouncedHandlers announced;

    WorkersOfHandlers(WorkerStore store, AnnouncedHandlers announced) {
        this.store = store;
        this.announced = announced;
    }

    @Override
    public Uni<Map<HandlerName, Sighting>> all() {
        Map<HandlerName, Sighting> found = new HashMap<>();
        announced.names().forEach(handler -> found.put(handler, new Sighting(true, 0, null)));
        return count(Optional.empty(), found, MOST_PAGES);
    }

    private Uni<Map<HandlerName, Sighting>> count(
            Optional<WorkerId> after, Map<HandlerName, Sighting> found, int pages) {
        return store.page(after, PAGE).flatMap(page -> {
            count(page.workers(), found);
            return page.next().isEmpty() || pages == 1
                    ? Uni.createFrom().item(found)
                    : count(page.next(), found, pages - 1);
        });
    }

    private static void count(List<KnownWorker> workers, Map<HandlerName, Sighting> found) {
        for (KnownWorker worker : workers) {
            boolean remote = worker.id().kind() == WorkerKind.REMOTE;
            worker.profile().map(WorkerProfile::serving).map(Serving::handlers).ifPresent(handlers -> handlers.forEach(
                    handler -> found.merge(handler, new Sighting(remote, 1, worker.seen()), WorkersOfHandlers::both)));
        }
    }

    private static Sighting both(Sighting one, Sighting other) {
        Instant seen = one.lastSeen() == null || other.lastSeen().isAfter(one.lastSeen())
                ? other.lastSeen()
                : one.lastSeen();
        return new Sighting(one.announced() || other.announced(), one.workers() + other.workers(), seen);
    }
}
