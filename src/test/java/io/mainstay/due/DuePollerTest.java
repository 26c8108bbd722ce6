package io.mainstay.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.queue.OwnQueue;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DuePollerTest {

    private static final DueQueue MAILS = new DueQueue(new QueueName("mails"), DueWork.CLAIM, Duration.ZERO, 0);

    private final Vertx vertx = Vertx.vertx();
    private final TwoBuckets store = new TwoBuckets();
    private final List<DueQueue> told = new CopyOnWriteArrayList<>();
    private final DueListener broken = queues -> {
        throw new IllegalStateException("broken");
    };
    private final OwnQueue own = new OwnQueue(new QueueName("own"));
    private volatile boolean live = true;
    private DuePoller poller;

    @AfterEach
    void close() {
        poller.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void intervalsAreSpreadAndNeverLongerThanTheSlowOne() {
        start("PT1M");
        PollConfig odd = times("PT0.1S", "PT1S");
        for (int i = 0; i < 1000; i++) {
            assertThat(DuePoller.next(odd, i % 2 == 0)).isBetween(Duration.ofMillis(75), Duration.ofMillis(125));
        }
    }

    @Test
    void bucketThatDoesNotAnswerAndListenerThatThrowsHoldUpNoOther() {
        store.silent = true;
        start("PT0.02S");
        Awaitility.await().until(() -> told.size() >= 3);
        assertThat(told).containsOnly(MAILS);
        assertThat(store.asked.stream().filter(bucket -> bucket == 1))
                .as("asked while it is asked")
                .hasSize(1);
    }

    @Test
    void instancesShareThePolls() {
        store.instances = 4;
        start("PT0.02S");
        Awaitility.await().until(() -> store.asked.size() > 40);
        // The first poll does not know of the others yet; the second bucket is that of its own queue.
        long all = store.asked.stream().filter(bucket -> bucket == 0).count();
        long own = store.asked.stream().filter(bucket -> bucket == 1).count();
        assertThat(2 * own).isGreaterThan(3 * all);
        assertThat(all).isGreaterThan(2);
    }

    @Test
    void nobodyReliesOnOthersWhileWakeUpsDoNotComeThrough() {
        store.instances = 4;
        live = false;
        start("PT0.02S");
        Awaitility.await().until(() -> store.asked.size() > 40);
        assertThat(store.asked.subList(0, 40).stream().filter(bucket -> bucket == 0))
                .hasSize(20);
    }

    @Test
    void recyclingAsksAgainWhateverIsUnderWay() {
        store.silent = true;
        start("PT1M");
        poller.recycle("test");
        assertThat(store.asked).containsExactly(0, 1, 0, 1);
    }

    @Test
    void whatFallsDueBeforeTheNextPollIsAskedFor() {
        start("PT1M");
        assertThat(store.ahead).isGreaterThanOrEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void onlyBucketsWhoseWakeUpsAreUnprovenArePolledFast() {
        poller = new DuePoller(
                vertx, store, List.of(told::addAll), times("PT1M", "PT0.02S"), bucket -> bucket == 0, own);
        poller.poll();
        Awaitility.await()
                .until(() -> store.asked.stream().filter(bucket -> bucket == 1).count() >= 5);
        assertThat(store.asked.stream().filter(bucket -> bucket == 0)).hasSize(1);
    }

    private void start(String interval) {
        poller = new DuePoller(
                vertx, store, List.of(broken, told::addAll), times(interval, interval), bucket -> live, own);
        poller.poll();
    }

    private static PollConfig times(String slow, String fast) {
        return new SmallRyeConfigBuilder()
                .withMapping(PollConfig.class)
                .withDefaultValue("mainstay.poll.interval", slow)
                .withDefaultValue("mainstay.poll.fast-interval", fast)
                .build()
                .getConfigMapping(PollConfig.class);
    }

    /** The first has a due queue; the second may never answer. */
    private static final class TwoBuckets implements DueStore {

        private final List<Integer> asked = new CopyOnWriteArrayList<>();
        private volatile boolean silent;
        private volatile Duration ahead;
        private volatile int instances = 1;

        @Override
        public int buckets() {
            return 2;
        }

        @Override
        public int bucketOf(QueueName queue) {
            return 1;
        }

        @Override
        public Uni<Integer> polling(Duration validFor) {
            return Uni.createFrom().item(instances);
        }

        @Override
        public Uni<DueInBucket> due(int bucket, Duration within) {
            asked.add(bucket);
            ahead = within;
            return bucket == 1 && silent
                    ? Uni.createFrom().nothing()
                    : Uni.createFrom()
                            .item(new DueInBucket(
                                    bucket == 0 ? List.of(MAILS) : List.of(), Optional.empty(), Optional.empty()));
        }

        @Override
        public Uni<Integer> check(Duration every) {
            return Uni.createFrom().item(0);
        }
    }
}
