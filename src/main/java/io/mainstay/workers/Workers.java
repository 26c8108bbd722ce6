package io.mainstay.workers;

import io.mainstay.job.Bounds;
import io.mainstay.job.JobIds;
import io.mainstay.job.LimitReachedException;
import io.mainstay.job.NotFoundException;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.names.WorkerName;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists workers, and has them drained. Thread-safe. */
@Singleton
class Workers {

    private static final Duration DRAINED_FOR = Duration.ofHours(1);

    private final WorkerStore store;
    private final RemoteJobs jobs;
    private final NewsRounds news;
    private final JobIds tokens;

    Workers(WorkerStore store, RemoteJobs jobs, NewsRounds news, JobIds tokens) {
        this.store = store;
        this.jobs = jobs;
        this.news = news;
        this.tokens = tokens;
    }

    /** @param seen queues of which the caller may know */
    Uni<WorkerList> list(Optional<String> cursor, int limit, QueuePatterns seen) {
        Bounds.between("limit", limit, 1, PageRequest.MOST);
        return page(cursor.map(WorkerId::ofCursor), limit, seen)
                .flatMap(page -> jobs.of(page.workers(), seen).map(held -> WorkerList.of(page, held, seen)));
    }

    private Uni<WorkerPage> page(Optional<WorkerId> after, int limit, QueuePatterns seen) {
        return seen.matchAll() ? store.page(after, limit) : visible(after, limit, seen, new ArrayList<>());
    }

    /** Goes on until the page is full, so that it never ends at the name of a worker that it does not show. */
    private Uni<WorkerPage> visible(Optional<WorkerId> after, int limit, QueuePatterns seen, List<KnownWorker> found) {
        return store.page(after, PageRequest.MOST).flatMap(page -> {
            page.workers().stream()
                    .filter(worker -> WorkerView.isVisible(worker, seen))
                    .limit(limit + 1L - found.size())
                    .forEach(found::add);
            if (found.size() > limit) {
                List<KnownWorker> shown = found.subList(0, limit);
                return Uni.createFrom()
                        .item(new WorkerPage(
                                shown, Optional.of(shown.get(limit - 1).id())));
            }
            return page.next().isPresent()
                    ? visible(page.next(), limit, seen, found)
                    : Uni.createFrom().item(new WorkerPage(found, Optional.empty()));
        });
    }

    /** The instance of that name; if there is none, the remote worker of that name. */
    Uni<WorkerView> drain(String name) {
        return find(WorkerName.check("name", name))
                .flatMap(worker -> store.drain(worker.id(), DRAINED_FOR, tokens.nextToken())
                        .invoke(news::readAgain)
                        .flatMap(until -> view(worker, until.orElseThrow(Workers::tooMany))));
    }

    private Uni<KnownWorker> find(String name) {
        return store.find(WorkerId.instance(name))
                .flatMap(found -> found.isPresent() ? Uni.createFrom().item(found) : store.find(WorkerId.remote(name)))
                .map(found -> found.orElseThrow(() -> NotFoundException.worker(name)));
    }

    private Uni<WorkerView> view(KnownWorker worker, Instant until) {
        KnownWorker drained = worker.drainedUntil(until);
        return jobs.of(List.of(drained), QueuePatterns.ALL)
                .map(held -> WorkerView.of(drained, held, QueuePatterns.ALL));
    }

    private static LimitReachedException tooMany() {
        return new LimitReachedException(
                "too-many-drains",
                409,
                "there are %d drained workers, which is the limit".formatted(WorkerStore.MOST_DRAINS));
    }

    /** Completes when none of that name is drained. */
    Uni<Void> undrain(String name) {
        return store.undrain(WorkerName.check("name", name), tokens.nextToken()).invoke(news::readAgain);
    }
}
