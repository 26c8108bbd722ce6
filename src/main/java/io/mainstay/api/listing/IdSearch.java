package io.mainstay.api.listing;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One search for the jobs of an id: every queue is asked for it. */
final class IdSearch {

    private static final int AT_ONCE = 16;
    /** Each is read with its payload, which may be large. */
    private static final int MOST_FOUND = 20;

    private final JobStore store;
    private final JobId id;
    private final JobSearch.Query query;
    private final QueueWalk walk;
    private final List<Job> found = new ArrayList<>();

    IdSearch(QueueListing queues, JobStore store, JobId id, JobSearch.Query query, LongSupplier nanoTime) {
        this.store = store;
        this.id = id;
        this.query = query;
        this.walk = new QueueWalk(queues, query.range(), this::visit, nanoTime);
    }

    Uni<FoundJobs> run() {
        return walk.from(query.cursor().map(SearchCursor::queue)).map(end -> FoundJobs.of(found, end, walk));
    }

    private Uni<Optional<SearchCursor>> visit(List<QueueFigures> queues) {
        return goOn(queues.stream().map(QueueFigures::queue).toList());
    }

    private Uni<Optional<SearchCursor>> goOn(List<QueueName> queues) {
        if (queues.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        List<QueueName> some = queues.subList(0, Math.min(AT_ONCE, queues.size()));
        return ask(some).flatMap(end -> {
            if (end.isEmpty() && walk.late()) {
                return Uni.createFrom()
                        .item(Optional.of(new SearchCursor(some.get(some.size() - 1), Optional.empty())));
            }
            return end.isPresent() ? Uni.createFrom().item(end) : goOn(queues.subList(some.size(), queues.size()));
        });
    }

    private Uni<Optional<SearchCursor>> ask(List<QueueName> queues) {
        return Uni.join()
                .all(queues.stream()
                        .map(queue -> walk.ask(queue, store.state(queue, id))
                                .map(state -> state.flatMap(known -> known).isPresent()))
                        .toList())
                .andFailFast()
                .map(there -> {
                    List<QueueName> having = new ArrayList<>();
                    for (int i = 0; i < queues.size(); i++) {
                        if (there.get(i)) {
                            having.add(queues.get(i));
                        }
                    }
                    return having;
                })
                .flatMap(this::read);
    }

    private Uni<Optional<SearchCursor>> read(List<QueueName> queues) {
        if (queues.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        QueueName queue = queues.get(0);
        return walk.ask(queue, store.find(queue, id)).flatMap(answer -> {
            answer.flatMap(job -> job).filter(this::wanted).map(IdSearch::bare).ifPresent(found::add);
            return found.size() >= Math.min(query.limit(), MOST_FOUND)
                    ? Uni.createFrom().item(Optional.of(new SearchCursor(queue, Optional.empty())))
                    : read(queues.subList(1, queues.size()));
        });
    }

    private boolean wanted(Job job) {
        return query.state().map(state -> state == job.status().state()).orElse(true)
                && query.filter().matches(job);
    }

    private static Job bare(Job job) {
        Json result = job.status().result();
        return new Job(
                job.queue(),
                job.id(),
                job.spec().withPayload(Json.leftOut(job.spec().payload().bytes())),
                result == null ? job.status() : job.status().withResult(Json.leftOut(result.bytes())));
    }
}
