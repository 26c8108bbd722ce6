package io.mainstay.api.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.TestQueue;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobSearchTest {

    private static final QueueRange ALL = new QueueRange(QueuePatterns.ALL, "");
    private static final JobFilter NONE = JobFilter.ALL.withHandler(new HandlerName("other"));
    private static final int LIMIT = 200;

    private final InMemoryJobStore memory = new InMemoryJobStore(new TestClock());
    private final JobStore store = failing(memory, new QueueName("silent"));
    private final JobSearch search = new JobSearch(new QueueListing(memory), TestQueue.of(store), store);

    @Test
    void queuesThatDoNotAnswerAreNamed() {
        for (String queue : List.of("a", "silent", "z")) {
            enqueue(queue, "same");
        }

        FoundJobs ready = ask(search.inState(ready(JobFilter.ALL, Optional.empty())));
        FoundJobs same = ask(search.byId(new JobId("same"), ready(JobFilter.ALL, Optional.empty())));

        for (FoundJobs found : List.of(ready, same)) {
            assertThat(found.jobs()).extracting(job -> job.queue().value()).containsExactly("a", "z");
            assertThat(found.unavailable()).containsExactly("silent");
            assertThat(found.next()).isEmpty();
        }
    }

    @Test
    void allJobsAreFoundInManyQueues() {
        for (int i = 0; i < 700; i++) {
            enqueue("queue-" + i, "job");
        }

        List<Job> found = new ArrayList<>();
        Optional<SearchCursor> cursor = Optional.empty();
        int pages = 0;
        do {
            FoundJobs page = ask(search.inState(ready(JobFilter.ALL, cursor)));
            found.addAll(page.jobs());
            cursor = page.next().map(SearchCursor::parse);
            pages++;
        } while (cursor.isPresent());

        assertThat(found).hasSize(700).doesNotHaveDuplicates();
        assertThat(pages).isBetween(4, 5);
    }

    @Test
    void oneRequestLooksAtSoManyQueues() {
        for (int i = 0; i < 700; i++) {
            enqueue("queue-" + i, "job");
        }

        FoundJobs first = ask(search.byId(new JobId("none"), ready(JobFilter.ALL, Optional.empty())));
        FoundJobs second = ask(
                search.byId(new JobId("none"), ready(JobFilter.ALL, first.next().map(SearchCursor::parse))));

        assertThat(first.jobs()).isEmpty();
        assertThat(first.next()).isPresent();
        assertThat(second.next()).isEmpty();
    }

    @Test
    void oneRequestLooksAtSoManyJobs() {
        for (int i = 0; i < 2500; i++) {
            enqueue("large", "job-" + i);
        }
        enqueue("last", "job");

        FoundJobs first = ask(search.inState(ready(NONE, Optional.empty())));
        FoundJobs second = ask(search.inState(ready(NONE, first.next().map(SearchCursor::parse))));

        assertThat(first.jobs()).isEmpty();
        assertThat(first.next()).hasValueSatisfying(next -> assertThat(next).startsWith("large/"));
        assertThat(second.next()).isEmpty();
    }

    private static JobSearch.Query ready(JobFilter filter, Optional<SearchCursor> cursor) {
        return new JobSearch.Query(Optional.of(JobState.READY), filter, ALL, cursor, LIMIT);
    }

    private void enqueue(String queue, String id) {
        ask(memory.enqueue(JobDraft.job(new QueueName(queue), id).build()));
    }

    /** The same store, but for reads of one queue. */
    private static JobStore failing(JobStore store, QueueName dead) {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, args) -> {
                    boolean read = List.of("list", "state", "find").contains(method.getName());
                    if (read && dead.equals(args[0])) {
                        return Uni.createFrom().failure(new StoreUnavailableException("silent", null));
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static <T> T ask(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(20));
    }
}
