package io.mainstay.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.Retention;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class JobWaiterTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final JobId ID = new JobId("1");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final NoticesByHand notices = new NoticesByHand();
    private final InMemoryJobStore store = new InMemoryJobStore(Clock.systemUTC());

    JobWaiterTest() {
        enqueue();
    }

    @Test
    void waitsUntilTheJobHasEnded() {
        var waiting = await(waiter(1), SOON).subscribeAsCompletionStage();
        store.cancel(QUEUE, ID).await().atMost(SOON);

        assertThat(waiting.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void endsWhenTheTimeIsOver() {
        for (Duration wait : List.of(Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofNanos(1), Duration.ZERO)) {
            assertThat(await(waiter(1), wait).await().atMost(SOON)).isTrue();
        }
    }

    @Test
    void tellsWhenThereIsNoRoomAndMakesRoomAfterwards() {
        JobWaiter waiter = waiter(1);
        var first = await(waiter, SOON).subscribeAsCompletionStage();
        assertThat(await(waiter, SOON).await().atMost(SOON)).isFalse();

        first.cancel(false);
        assertThat(await(waiter, Duration.ofMillis(20)).await().atMost(SOON)).isTrue();
    }

    @Test
    void requestsThatHoldMuchLeaveNoRoom() {
        JobWaiter waiter = waiter(10);
        var first = waiter.awaitEnd(QUEUE, ID, SOON, WaitLimit.MOST_BYTES - 10).subscribeAsCompletionStage();
        assertThat(waiter.awaitEnd(QUEUE, ID, SOON, 11).await().atMost(SOON)).isFalse();
        assertThat(waiter.awaitEnd(QUEUE, ID, Duration.ofMillis(20), 10).await().atMost(SOON))
                .isTrue();

        first.cancel(false);
        assertThat(waiter.awaitEnd(QUEUE, ID, Duration.ofMillis(20), 11).await().atMost(SOON))
                .isTrue();
    }

    @Test
    void allWhoWaitForOneJobShareOneQuestion() {
        CountingStore counting = new CountingStore();
        JobWaiter waiter = new JobWaiter(counting.store(), notices, config(1000));
        var waiting = IntStream.range(0, 300)
                .mapToObj(i -> await(waiter, SOON).subscribeAsCompletionStage())
                .toList();
        Awaitility.await().atMost(SOON).until(() -> counting.states.get() >= 5);
        int asked = counting.states.get();
        store.cancel(QUEUE, ID).await().atMost(SOON);

        waiting.forEach(one -> assertThat(
                        one.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join())
                .isTrue());
        assertThat(asked).isLessThan(300);
        assertThat(counting.finds).hasValue(0);
    }

    @Test
    void nobodyAsksWhenNobodyWaits() {
        CountingStore counting = new CountingStore();
        JobWaiter waiter = new JobWaiter(counting.store(), notices, config(10));
        await(waiter, Duration.ofMillis(30)).await().atMost(SOON);
        int asked = counting.states.get();
        // Another one's wait, long enough for the first one's question to come again if it had not ended.
        await(waiter, Duration.ofMillis(600)).await().atMost(SOON);

        assertThat(counting.states.get() - asked).isLessThanOrEqualTo(7);
    }

    @Test
    void storeThatDoesNotAnswerIsAskedAgain() {
        CountingStore counting = new CountingStore();
        counting.failures.set(3);
        var waiting =
                await(new JobWaiter(counting.store(), notices, config(1)), SOON).subscribeAsCompletionStage();
        store.cancel(QUEUE, ID).await().atMost(SOON);

        assertThat(waiting.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()).isTrue();
        assertThat(counting.failures).hasValue(0);
    }

    @Test
    void shutdownEndsAllWaitsAndNoneBeginsAfterIt() {
        JobWaiter waiter = waiter(10);
        var waiting = await(waiter, SOON.multipliedBy(10)).subscribeAsCompletionStage();
        waiter.stop();

        assertThat(waiting.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()).isTrue();
        assertThat(await(waiter, SOON).await().atMost(SOON)).isFalse();
    }

    @Test
    void jobThatIsGoneEndsTheWait() {
        store.cancel(QUEUE, ID).await().atMost(SOON);
        store.prune(QUEUE, new Retention(JobState.CANCELLED, Duration.ZERO, 0, 10))
                .await()
                .atMost(SOON);

        assertThat(await(waiter(1), Duration.ofMinutes(1)).await().atMost(SOON)).isTrue();
    }

    @Test
    void manyWaitsShareFewQuestionsAndEachEndsWithItsJob() {
        List<JobId> ids =
                IntStream.range(0, 1000).mapToObj(i -> new JobId("n-" + i)).toList();
        ids.forEach(this::enqueue);
        CountingStore counting = new CountingStore();
        JobWaiter waiter = new JobWaiter(counting.store(), notices, config(1000));
        var waiting = ids.stream()
                .map(id -> waiter.awaitEnd(QUEUE, id, SOON, 0).subscribeAsCompletionStage())
                .toList();
        Awaitility.await().atMost(SOON).until(() -> notices.awaited.containsAll(ids));
        // The last look that comes soon, and then a long pause: for each of the jobs, and in calls of many.
        Awaitility.await().atMost(SOON).until(() -> counting.jobs.get() >= 6_000);
        assertThat(counting.states.get()).isLessThan(6_000 / 20);

        store.cancel(QUEUE, ids.get(7)).await().atMost(SOON);
        notices.end(ids.get(7));
        assertThat(waiting.get(7).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join())
                .isTrue();
        assertThat(waiting.get(8)).isNotDone();
        assertThat(counting.finds).hasValue(0);
        waiter.stop();
    }

    @TimedTest
    void whileEndsAreToldOfLooksAreSeldomAndTheEndIsNoticedAtOnce() {
        CountingStore counting = new CountingStore();
        var waiting =
                await(new JobWaiter(counting.store(), notices, config(1)), SOON).subscribeAsCompletionStage();
        Awaitility.await().atMost(SOON).until(() -> counting.states.get() == 5);
        long fifth = System.nanoTime();
        store.cancel(QUEUE, ID).await().atMost(SOON);
        notices.end(ID);

        assertThat(waiting.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - fifth)).isLessThan(Duration.ofMillis(300));
    }

    @TimedTest
    void endThatNobodyToldOfIsFoundWithinASecond() {
        for (boolean live : new boolean[] {true, false}) {
            notices.live = live;
            JobId id = new JobId("untold-" + live);
            enqueue(id);
            CountingStore counting = new CountingStore();
            JobWaiter waiter = new JobWaiter(counting.store(), notices, config(1));
            var waiting = waiter.awaitEnd(QUEUE, id, SOON, 0).subscribeAsCompletionStage();
            // The next look is as far away as one can be.
            Awaitility.await().atMost(SOON).until(() -> counting.states.get() == 5);
            long then = System.nanoTime();
            store.cancel(QUEUE, id).await().atMost(SOON);

            assertThat(waiting.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join())
                    .isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - then))
                    .isLessThan(Duration.ofSeconds(live ? 1 : 0, live ? 0 : 400_000_000));
        }
    }

    private static Uni<Boolean> await(JobWaiter waiter, Duration atMost) {
        return waiter.awaitEnd(QUEUE, ID, atMost, 0);
    }

    /** Messages that come when a test says so. */
    private static final class NoticesByHand implements EndNotices {

        private final Set<JobId> awaited = ConcurrentHashMap.newKeySet();
        private final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private volatile boolean live = true;

        @Override
        public void tellAwaited(QueueName queue, List<JobId> jobs) {
            awaited.addAll(jobs);
        }

        @Override
        public void tellEnded(QueueName queue, JobId job) {}

        @Override
        public void listen(Listener listener) {
            listeners.add(listener);
        }

        @Override
        public boolean live() {
            return live;
        }

        void end(JobId id) {
            listeners.forEach(listener -> listener.ended(QUEUE, id));
        }
    }

    /** Counts what is asked of the store. */
    private final class CountingStore {

        private final AtomicInteger states = new AtomicInteger();
        private final AtomicInteger jobs = new AtomicInteger();
        private final AtomicInteger finds = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();

        JobStore store() {
            return (JobStore) Proxy.newProxyInstance(
                    JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, args) -> {
                        if (method.getName().equals("states")) {
                            states.incrementAndGet();
                            jobs.addAndGet(((List<?>) args[1]).size());
                            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                                return Uni.createFrom().failure(new StoreUnavailableException("away", null));
                            }
                        } else {
                            finds.incrementAndGet();
                        }
                        return method.invoke(store, args);
                    });
        }
    }

    private JobWaiter waiter(int most) {
        return new JobWaiter(store, notices, config(most));
    }

    private static JobsConfig config(int most) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(JobsConfig.class)
                .withDefaultValue("mainstay.jobs.max-waiters", Integer.toString(most))
                .build()
                .getConfigMapping(JobsConfig.class);
    }

    private void enqueue() {
        enqueue(ID);
    }

    private void enqueue(JobId id) {
        Backoff backoff = new Backoff.Fixed(Duration.ofSeconds(1));
        JobSpec spec =
                new JobSpec(new HandlerName("h"), Json.NULL, 4, new RetryPolicy(1, backoff), Duration.ofMinutes(1));
        store.enqueue(new NewJob(QUEUE, id, spec, StartTime.NOW)).await().atMost(SOON);
    }
}
