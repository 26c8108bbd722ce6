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
    /** Of one answer: where most workers are none of the caller's business, it may be short or empty. */
    private static final int MOST_PAGES = 10;

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
        return visible(cursor.map(WorkerId::ofCursor), limit, seen, new ArrayList<>(), MOST_PAGES)
                .flatMap(page -> jobs.of(page.workers(), seen).map(held -> WorkerList.of(page, held, seen)));
    }

    private Uni<WorkerPage> visible(
            Optional<WorkerId> after, int limit, QueuePatterns seen, List<KnownWorker> found, int pages) {
        return store.page(after, limit - found.size()).flatMap(page -> {
            page.workers().stream()
                    .filter(worker -> WorkerView.isVisible(worker, seen))
                    .forEach(found::add);
            return page.next().isEmpty() || found.size() == limit || pages == 1
                    ? Uni.createFrom().item(new WorkerPage(found, page.next()))
                    : visible(page.next(), limit, seen, found, pages - 1);
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
