package io.mainstay.rest.job;

import io.mainstay.job.Job;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPage.Position;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lists jobs of a queue that match: asks the store again and again until the page is full, or enough jobs were looked at. So a page may
 * be empty and not the last.
 */
public final class MatchingJobs {

    /** Of one request, about. */
    public static final int MOST_LOOKED_AT = 2000;

    private final JobQueue jobs;

    public MatchingJobs(JobQueue jobs) {
        this.jobs = jobs;
    }

    /** Looks at {@link #MOST_LOOKED_AT} jobs at most. */
    public Uni<JobPage> page(QueueName queue, PageRequest page, Set<JobPart> parts) {
        return page(queue, page, parts, MOST_LOOKED_AT);
    }

    /** @param lookAt most jobs to look at, of which one call of the store may be more */
    public Uni<JobPage> page(QueueName queue, PageRequest page, Set<JobPart> parts, int lookAt) {
        if (page.filter().isAll()) {
            return jobs.list(queue, page, parts);
        }
        return goOn(queue, page, parts, lookAt, new Found(List.of(), List.of(), 0));
    }

    private record Found(List<Job> jobs, List<Position> positions, long bytes) {

        Found and(JobPage page) {
            List<Job> allJobs = new ArrayList<>(jobs);
            allJobs.addAll(page.jobs());
            List<Position> allPositions = new ArrayList<>(positions);
            allPositions.addAll(page.positions());
            return new Found(
                    allJobs,
                    allPositions,
                    bytes + page.jobs().stream().mapToLong(JobReads::bytes).sum());
        }
    }

    private Uni<JobPage> goOn(QueueName queue, PageRequest page, Set<JobPart> parts, int lookAt, Found before) {
        return jobs.list(queue, page, parts).flatMap(some -> {
            Found found = before.and(some);
            int limit = page.limit() - some.jobs().size();
            int left = lookAt - page.lookAt();
            if (some.next().isEmpty() || limit == 0 || left <= 0 || found.bytes() >= JobStore.MOST_PAGE_BYTES / 2) {
                return Uni.createFrom().item(new JobPage(found.jobs(), found.positions(), some.end()));
            }
            PageRequest next =
                    new PageRequest(page.state(), some.next(), limit, page.filter(), Math.min(left, page.lookAt()));
            return goOn(queue, next, parts, left, found);
        });
    }
}
