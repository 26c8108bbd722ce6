package io.mainstay.api.listing;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueFigures;
import io.mainstay.rest.job.JobReads;
import io.mainstay.rest.job.MatchingJobs;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One search for jobs in a state. Queues that have none in it are passed over; of those that have few, several are asked at once. What comes
 * of them is taken in the order of their names.
 */
final class StateSearch {

    private static final int AT_ONCE = 16;

    private final MatchingJobs lists;
    private final JobSearch.Query query;
    private final JobState state;
    private final QueueWalk walk;
    private final List<Job> found = new ArrayList<>();
    private long bytes;
    private int lookAt = MatchingJobs.MOST_LOOKED_AT;
    /** The latest queue of which all was taken; null if there is none. */
    private QueueName latest;

    StateSearch(QueueListing queues, MatchingJobs lists, JobSearch.Query query, LongSupplier nanoTime) {
        this.lists = lists;
        this.query = query;
        this.state = query.state().orElseThrow();
        this.walk = new QueueWalk(queues, query.range(), this::visit, nanoTime);
    }

    Uni<FoundJobs> run() {
        Optional<QueueName> after = query.cursor().map(SearchCursor::queue);
        Uni<Optional<SearchCursor>> end = query.cursor()
                .filter(cursor -> cursor.within().isPresent() && query.range().contains(cursor.queue()))
                .map(cursor -> ask(List.of(cursor.queue()), cursor.within(), PageRequest.MOST)
                        .flatMap(stopped ->
                                stopped.isPresent() ? Uni.createFrom().item(stopped) : walk.from(after)))
                .orElseGet(() -> walk.from(after));
        return end.map(stopped -> FoundJobs.of(found, stopped, walk));
    }

    private Uni<Optional<SearchCursor>> visit(List<QueueFigures> queues) {
        return goOn(queues.stream().filter(queue -> count(queue) > 0).toList());
    }

    private Uni<Optional<SearchCursor>> goOn(List<QueueFigures> queues) {
        if (queues.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (latest != null && (lookAt <= 0 || walk.late())) {
            return Uni.createFrom().item(Optional.of(new SearchCursor(latest, Optional.empty())));
        }
        int jobs = count(queues.get(0));
        int some = 1;
        while (some < Math.min(queues.size(), AT_ONCE) && jobs + count(queues.get(some)) <= PageRequest.MOST) {
            jobs += count(queues.get(some));
            some++;
        }
        List<QueueFigures> rest = queues.subList(some, queues.size());
        List<QueueName> asked =
                queues.subList(0, some).stream().map(QueueFigures::queue).toList();
        return ask(asked, Optional.empty(), jobs)
                .flatMap(end -> end.isPresent() ? Uni.createFrom().item(end) : goOn(rest));
    }

    /** Jobs in the state, no more than are looked at for it. */
    private int count(QueueFigures queue) {
        return (int) Math.min(queue.counts().getOrDefault(state, 1L), MatchingJobs.MOST_LOOKED_AT);
    }

    private Uni<Optional<SearchCursor>> ask(List<QueueName> queues, Optional<String> within, int jobs) {
        PageRequest page = PageRequest.matching(state, within, query.limit() - found.size(), query.filter());
        int most = lookAt;
        lookAt -= jobs;
        List<Uni<Optional<JobPage>>> questions = queues.stream()
                .map(queue -> walk.ask(queue, lists.page(queue, page, JobPart.NONE, most)))
                .toList();
        return Uni.join().all(questions).andFailFast().map(pages -> take(queues, pages));
    }

    private Optional<SearchCursor> take(List<QueueName> queues, List<Optional<JobPage>> pages) {
        for (int i = 0; i < pages.size(); i++) {
            QueueName queue = queues.get(i);
            Optional<SearchCursor> end = pages.get(i).flatMap(page -> take(queue, page));
            if (end.isPresent()) {
                return end;
            }
            latest = queue;
        }
        return Optional.empty();
    }

    /** Where the request ends, if it does in this queue. */
    private Optional<SearchCursor> take(QueueName queue, JobPage page) {
        int all = page.jobs().size();
        for (int i = 0; i < all; i++) {
            found.add(page.jobs().get(i));
            bytes += JobReads.bytes(page.jobs().get(i));
            if (found.size() == query.limit() || bytes >= JobStore.MOST_PAGE_BYTES) {
                Optional<String> within =
                        i < all - 1 ? Optional.of(page.positions().get(i).cursor()) : page.next();
                return Optional.of(new SearchCursor(queue, within));
            }
        }
        return page.next().map(next -> new SearchCursor(queue, Optional.of(next)));
    }
}
