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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists jobs of several places in the order of their state, as if they were in one: each place answers the same page, these are merged, and
 * the cursor is that of the last job shown, which means the same in all places. A place that answered less than it has bounds the page, so that
 * nothing is passed over. Payloads and results are read for the jobs that are shown alone.
 */
final class PartitionedLists {

    private static final int AT_ONCE = 8;

    private final JobStore store;

    PartitionedLists(JobStore store) {
        this.store = store;
    }

    private record Listed(Job job, Position position) {}

    Uni<JobPage> list(List<QueueName> places, PageRequest page, Set<JobPart> parts) {
        return Multi.createFrom()
                .iterable(places)
                .onItem()
                .transformToUni(place -> store.list(place, page, Set.of()))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(pages -> merged(pages, page, parts))
                .flatMap(merged -> parts.isEmpty() ? Uni.createFrom().item(merged) : withParts(merged, parts));
    }

    private static JobPage merged(List<JobPage> pages, PageRequest page, Set<JobPart> parts) {
        boolean downwards = page.state().ended();
        Comparator<Listed> upwards = Comparator.comparingDouble((Listed listed) -> listed.position.score())
                .thenComparing(listed -> listed.job.id().value());
        Comparator<Listed> order = downwards ? upwards.reversed() : upwards;
        List<Listed> all = new ArrayList<>();
        Listed bound = null;
        for (JobPage each : pages) {
            Listed last = null;
            for (int i = 0; i < each.jobs().size(); i++) {
                last = new Listed(each.jobs().get(i), each.positions().get(i));
                all.add(last);
            }
            boolean nearer = last != null && (bound == null || order.compare(last, bound) < 0);
            bound = each.next().isPresent() && nearer ? last : bound;
        }
        Listed end = bound;
        List<Listed> sure = all.stream()
                .sorted(order)
                .filter(listed -> end == null || order.compare(listed, end) <= 0)
                .toList();
        List<Listed> shown = fitting(sure, page.limit(), parts);
        boolean more = bound != null || shown.size() < all.size();
        return new JobPage(
                shown.stream().map(Listed::job).toList(),
                more && !shown.isEmpty()
                        ? Optional.of(shown.get(shown.size() - 1).position.cursor())
                        : Optional.empty(),
                shown.stream().map(Listed::position).toList());
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
                        new JobPage(found.stream().flatMap(Optional::stream).toList(), page.next()));
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
