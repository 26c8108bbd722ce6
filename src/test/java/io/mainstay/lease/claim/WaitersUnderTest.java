package io.mainstay.lease.claim;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.handlers.HoldsByHand;
import io.mainstay.queue.places.QueuePlaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@link Waiters} on the in-memory store, in a time of its own. */
final class WaitersUnderTest {

    static final QueueName MAIL = new QueueName("mail");
    static final QueueName IMAGES = new QueueName("images");
    static final Duration LEASE = Duration.ofSeconds(30);
    static final Duration WAIT = Duration.ofSeconds(20);

    final LoopByHand loop = new LoopByHand();
    final TestClock clock = new TestClock();
    final InMemoryJobStore jobs = new InMemoryJobStore(clock);
    final ClaimsByHand store = new ClaimsByHand(jobs);
    final Set<String> drained = new HashSet<>();
    final Waiters waiters;

    private final JobIds ids = new JobIds();

    /** A request, and what came of it. */
    static final class Request implements Consumer<Outcome> {

        final List<Outcome> outcomes = new ArrayList<>();

        @Override
        public void accept(Outcome outcome) {
            outcomes.add(outcome);
        }

        boolean waits() {
            return outcomes.isEmpty();
        }

        Outcome outcome() {
            if (outcomes.size() != 1) {
                throw new AssertionError("answered " + outcomes.size() + " times");
            }
            return outcomes.get(0);
        }

        List<JobId> jobs() {
            return outcome().batches().stream()
                    .flatMap(batch -> batch.jobs().stream())
                    .map(Job::id)
                    .toList();
        }
    }

    final HoldsByHand holds = new HoldsByHand(new HandlerName("resize"));

    WaitersUnderTest() {
        this(1000);
    }

    WaitersUnderTest(int mostWaiting) {
        waiters = new Waiters(
                loop,
                new LineClaims.Outside(
                        store,
                        new ClaimNames(ids),
                        new LeaseEvents(List.of()),
                        new GiveBack(loop, store),
                        holds,
                        QueuePlaces.SINGLE),
                drained::contains,
                mostWaiting);
    }

    Request ask(Duration wait, QueueName... queues) {
        return ask("w", 1, wait, queues);
    }

    Request ask(String worker, int max, Duration wait, QueueName... queues) {
        return ask(new Ask(worker, Arrays.asList(queues), handlers("resize"), max, LEASE, null), wait);
    }

    Request ask(Ask ask, Duration wait) {
        Request request = new Request();
        waiters.ask(ask, wait, request);
        loop.turn();
        return request;
    }

    static Set<HandlerName> handlers(String name) {
        return Set.of(new HandlerName(name));
    }

    void leave(Request request) {
        waiters.leave(request);
        loop.turn();
    }

    /** Enqueues without a word to those who wait. */
    JobId add(QueueName queue) {
        return add(queue, StartTime.NOW);
    }

    JobId add(QueueName queue, StartTime start) {
        RetryPolicy retry = new RetryPolicy(3, new Backoff.Fixed(Duration.ofSeconds(1)));
        JobSpec spec =
                new JobSpec(new HandlerName("resize"), Json.NULL, 4, retry, Duration.ofMinutes(1), JobOptions.NONE);
        JobId id = ids.nextId();
        jobs.enqueue(new NewJob(queue, id, spec, start)).await().indefinitely();
        return id;
    }

    void hint(QueueName queue) {
        waiters.hint(queue, Set.of());
        loop.turn();
    }

    JobId addAndHint(QueueName queue) {
        JobId id = add(queue);
        hint(queue);
        return id;
    }

    void advance(Duration by) {
        clock.advance(by);
        loop.advance(by);
    }

    /** Answers what was held back. */
    void answer() {
        store.answer();
        loop.turn();
    }

    Job job(QueueName queue, JobId id) {
        return jobs.find(queue, id).await().indefinitely().orElseThrow();
    }

    boolean isReadyUncounted(QueueName queue, JobId id) {
        return job(queue, id).state() == JobState.READY
                && job(queue, id).status().attempt() == 0;
    }
}
