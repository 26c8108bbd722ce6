package io.mainstay.lease.claim;

import static io.mainstay.lease.claim.WaitersUnderTest.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.lease.claim.WaitersUnderTest.Request;
import io.mainstay.queue.places.QueuePlaces;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, jobs and faults at random: what holds at all times holds in the end. */
class WaitersRandomTest {

    private static final List<QueueName> QUEUES = List.of(new QueueName("a"), new QueueName("b"), new QueueName("c"));
    private static final int RUNS = 100;
    private static final int STEPS = 80;
    private static final int POLLS = 8;

    private Random random;
    private WaitersUnderTest service;
    private final Map<Request, Ask> requests = new HashMap<>();
    /** With a key, and gone before they were answered. */
    private final List<Ask> toBeRepeated = new ArrayList<>();

    private int keys;
    private final Map<JobId, QueueName> jobs = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatHoldsAtAllTimesHolds(long seed) {
        for (int run = 0; run < RUNS; run++) {
            random = new Random(seed * 1_000 + run);
            service = new WaitersUnderTest(20);
            requests.clear();
            toBeRepeated.clear();
            jobs.clear();
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            assertGood("seed %d, run %d".formatted(seed, run));
        }
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> ask();
            case 3, 4, 5 -> add();
            case 6 -> leave();
            case 7 -> service.advance(Duration.ofMillis(random.nextInt(150)));
            case 8 -> fault();
            default -> poll(QUEUES.get(random.nextInt(QUEUES.size())));
        }
    }

    private void ask() {
        Set<QueueName> queues = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            queues.add(QUEUES.get(random.nextInt(QUEUES.size())));
        }
        String worker = "w" + random.nextInt(2);
        Ask ask = new Ask(
                worker,
                List.copyOf(queues),
                WaitersUnderTest.handlers("resize"),
                1 + random.nextInt(3),
                LEASE,
                random.nextBoolean() ? null : new Ask.Name("key-" + keys++, worker + ".key"));
        Duration wait = random.nextInt(4) == 0 ? Duration.ZERO : Duration.ofMillis(200 + random.nextInt(4000));
        requests.put(service.ask(ask, wait), ask);
    }

    private void add() {
        QueueName queue = QUEUES.get(random.nextInt(QUEUES.size()));
        jobs.put(service.add(queue), queue);
        if (random.nextInt(10) > 0) {
            service.hint(queue);
        }
    }

    private void leave() {
        List<Request> waiting =
                requests.keySet().stream().filter(Request::waits).toList();
        if (!waiting.isEmpty()) {
            Request gone = waiting.get(random.nextInt(waiting.size()));
            service.leave(gone);
            Ask ask = requests.remove(gone);
            if (ask.repeatable()) {
                toBeRepeated.add(ask);
            }
        }
    }

    private void fault() {
        switch (random.nextInt(4)) {
            case 0 -> service.store.toLose = random.nextInt(3);
            case 1 -> service.store.away = !service.store.away;
            case 2 -> service.store.holds = !service.store.holds;
            default -> service.answer();
        }
    }

    private void poll(QueueName queue) {
        service.waiters.due(queue, Optional.empty(), Duration.ZERO);
        service.loop.turn();
    }

    private void assertGood(String where) {
        service.store.toLose = 0;
        service.store.away = false;
        service.store.holds = false;
        service.answer();
        service.advance(Duration.ofMillis(900));
        // A poll is for one line of those that wait for a queue, and what was given back is told of by nobody here.
        for (int poll = 0; poll < POLLS; poll++) {
            QUEUES.forEach(this::poll);
        }

        for (Map.Entry<JobId, QueueName> job : jobs.entrySet()) {
            boolean wanted = requests.entrySet().stream()
                    .anyMatch(request -> request.getKey().waits()
                            && request.getValue().queues().contains(job.getValue()));
            assertThat(state(job) == JobState.READY && wanted)
                    .as("%s: a job lies in %s, for which somebody waits", where, job.getValue())
                    .isFalse();
        }
        service.advance(Duration.ofSeconds(6));
        assertThat(requests.keySet()).as(where).noneMatch(Request::waits);
        assertThat(service.waiters.lines()).as(where).isZero();
        assertThat(service.waiters.count()).as(where).isZero();
        List<String> handedOut = new ArrayList<>();
        Set<JobId> held = new HashSet<>();
        requests.forEach((request, ask) -> {
            List<Batch> batches = request.outcome().batches();
            assertThat(request.jobs()).as(where).hasSizeLessThanOrEqualTo(ask.max());
            for (Batch batch : batches) {
                for (Job leased : batch.jobs()) {
                    handedOut.add(leased.id() + " " + leased.status().starts().claims());
                    held.add(leased.id());
                    assertThat(batch.token()).startsWith(ask.worker() + ".");
                }
            }
        });
        assertThat(handedOut).as(where).doesNotHaveDuplicates();
        toBeRepeated.forEach(ask -> held.addAll(repeated(ask)));
        for (Map.Entry<JobId, QueueName> job : jobs.entrySet()) {
            assertThat(state(job) == JobState.RUNNING)
                    .as("%s: job %s runs if somebody has it", where, job)
                    .isEqualTo(held.contains(job.getKey()));
        }
    }

    /** What its repeat gets at another instance. */
    private List<JobId> repeated(Ask ask) {
        Repeats repeats =
                new Repeats(service.store, queue -> Uni.createFrom().item(service.clock.instant()), QueuePlaces.SINGLE);
        return repeats.look(ask)
                .flatMap(repeats::repeat)
                .map(known -> known.stream()
                        .flatMap(outcome -> outcome.batches().stream())
                        .flatMap(batch -> batch.jobs().stream())
                        .map(Job::id)
                        .toList())
                .await()
                .indefinitely();
    }

    private JobState state(Map.Entry<JobId, QueueName> job) {
        return service.job(job.getValue(), job.getKey()).state();
    }
}
