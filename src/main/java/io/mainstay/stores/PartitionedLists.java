package io.mainstay.stores;

import io.mainstay.job.Job;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPage.Position;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lists jobs of several places in the order of their state, as if they were in one: each place answers the same page, these are merged, and
 * the cursor is that of a job, which means the same in all places. A place that looked at fewer jobs than it has bounds the page, so that
 * nothing is passed over. Payloads and results are read for the jobs that are shown alone.
 */
public final class PartitionedLists {

    private static final int AT_ONCE = 8;

    private final JobStore store;

    /** @param store of places */
    public PartitionedLists(JobStore store) {
        this.store = store;
    }

    private record Listed(Job job, Position position) {}

    Uni<JobPage> list(List<QueueName> places, PageRequest page, Set<JobPart> parts) {
        PageRequest each = page.eachOf(places.size());
        return of(
                Multi.createFrom()
                        .iterable(places)
                        .onItem()
                        .transformToUni(place -> store.list(place, each, Set.of()))
                        .merge(AT_ONCE)
                        .collect()
                        .asList(),
                page,
                parts);
    }

    /** @param asked the same page of each place, without payloads and results */
    public Uni<JobPage> of(Uni<List<JobPage>> asked, PageRequest page, Set<JobPart> parts) {
        return asked.map(pages -> merged(pages, page, parts))
                .flatMap(merged -> parts.isEmpty() ? Uni.createFrom().item(merged) : withParts(merged, parts));
    }

    private static JobPage merged(List<JobPage> pages, PageRequest page, Set<JobPart> parts) {
        Comparator<Position> upwards =
                Comparator.comparingDouble(Position::score).thenComparing(Position::id);
        Comparator<Position> order = page.state().ended() ? upwards.reversed() : upwards;
        // Behind where one of the places stopped, something may be missing.
        Optional<Position> end =
                pages.stream().flatMap(each -> each.end().stream()).min(order);
        List<Listed> sure = pages.stream()
                .flatMap(PartitionedLists::listed)
                .filter(listed -> end.isEmpty() || order.compare(listed.position, end.get()) <= 0)
                .sorted((one, other) -> order.compare(one.position, other.position))
                .toList();
        List<Listed> shown = fitting(sure, page.limit(), parts);
        return new JobPage(
                shown.stream().map(Listed::job).toList(),
                shown.stream().map(Listed::position).toList(),
                shown.size() < sure.size() ? Optional.of(shown.get(shown.size() - 1).position) : end);
    }

    private static Stream<Listed> listed(JobPage page) {
        return IntStream.range(0, page.jobs().size())
                .mapToObj(i -> new Listed(page.jobs().get(i), page.positions().get(i)));
    }

    private static List<Listed> fitting(List<Listed> listed, int limit, Set<JobPart> parts) {
        long bytes = 0;
        for (int i = 0; i < listed.size(); i++) {
            bytes += bytes(listed.get(i).job, parts);
            if (i == limit || i > 0 && bytes > JobStore.MOST_PAGE_BYTES) {
                return listed.subList(0, i);
            }
        }
        return listed;
    }

    private static long bytes(Job job, Set<JobPart> parts) {
        Json result = job.status().result();
        return (parts.contains(JobPart.PAYLOAD) ? job.spec().payload().bytes() : 0)
                + (parts.contains(JobPart.RESULT) && result != null ? result.bytes() : 0);
    }

    private Uni<JobPage> withParts(JobPage page, Set<JobPart> parts) {
        return Multi.createFrom()
                .iterable(page.jobs())
                .onItem()
                .transformToUni(
                        job -> store.find(job.queue(), job.id()).map(found -> found.map(whole -> with(whole, parts))))
                .concatenate()
                .collect()
                .asList()
                .map(found ->
                        new JobPage(found.stream().flatMap(Optional::stream).toList(), page.end()));
    }

    private static Job with(Job whole, Set<JobPart> parts) {
        Json result = whole.status().result();
        return new Job(
                whole.queue(),
                whole.id(),
                parts.contains(JobPart.PAYLOAD)
                        ? whole.spec()
                        : whole.spec()
                                .withPayload(Json.leftOut(whole.spec().payload().bytes())),
                parts.contains(JobPart.RESULT) || result == null
                        ? whole.status()
                        : whole.status().withResult(Json.leftOut(result.bytes())));
    }
}
