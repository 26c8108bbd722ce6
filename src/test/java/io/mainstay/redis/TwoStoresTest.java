package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;
import io.mainstay.health.SubscriptionState;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.machine.TimedTest;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.WakeUps;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.pubsub.WakeUpConfig;
import io.mainstay.redis.store.DurabilityConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two stores of one process, on two Redis servers: whatever happens to one is nothing to the other. */
class TwoStoresTest {

    private static final QueueName QUEUE = new QueueName("mail");
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private OwnRedis firstRedis;
    private OwnRedis secondRedis;
    private Side first;
    private Side second;

    /** A store with all it tells. */
    private static final class Side implements ConnectionObserver, WakeUps.Listener {

        private final List<LinkState> links = new CopyOnWriteArrayList<>();
        private final List<SubscriptionState> subscription = new CopyOnWriteArrayList<>();
        private final List<QueueName> hints = new CopyOnWriteArrayList<>();
        private final RedisStore store;

        Side(StoreName name, Vertx vertx, OwnRedis redis) {
            RedisStore.Settings settings = new RedisStore.Settings(
                    Configured.redis(Map.of()),
                    Configured.by(DurabilityConfig.class, Map.of()),
                    Configured.by(WakeUpConfig.class, Map.of("mainstay.wake-up.canary-interval", "PT0.2S")),
                    Configured.by(JobsConfig.class, Map.of()),
                    Configured.by(IdsConfig.class, Map.of()),
                    Configured.lease(Map.of()));
            String address = "redis://127.0.0.1:" + redis.port();
            store = new RedisStore(name, vertx, Configured.client(address), settings, new JobIds(), List.of(this));
            store.wakeUps().listen(this);
            store.start();
        }

        void enqueue(String id) {
            answer(store.stores().jobs().enqueue(JobDraft.job(QUEUE, id).build()));
        }

        List<Job> claim() {
            ClaimRequest request = SomeClaim.of(QUEUE, "me", new JobIds().nextToken(), 10, Duration.ofMinutes(1));
            return answer(store.stores().leases().claim(request)).jobs();
        }

        boolean has(String id) {
            return answer(store.stores().jobs().find(QUEUE, new JobId(id))).isPresent();
        }

        @Override
        public void linkChanged(LinkKind kind, LinkState from, LinkState to) {
            links.add(to);
        }

        @Override
        public void subscriptionChanged(SubscriptionState to) {
            subscription.add(to);
        }

        @Override
        public void hint(QueueName queue, Set<HandlerName> handlers) {
            hints.add(queue);
        }

        @Override
        public void missed() {}
    }

    @BeforeEach
    void open() {
        firstRedis = new OwnRedis();
        secondRedis = new OwnRedis();
        first = new Side(StoreName.FIRST, vertx, firstRedis);
        second = new Side(new StoreName("second"), vertx, secondRedis);
        eventually(() -> assertThat(first.store.wakeUps().live()).isTrue());
        eventually(() -> assertThat(second.store.wakeUps().live()).isTrue());
    }

    @AfterEach
    void close() {
        first.store.close();
        second.store.close();
        firstRedis.close();
        secondRedis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void jobsAndWakeUpsOfOneAreUnknownToTheOther() {
        first.enqueue("a");
        eventually(() -> assertThat(first.hints).contains(QUEUE));
        second.enqueue("b");
        eventually(() -> assertThat(second.hints).containsExactly(QUEUE));

        assertThat(first.has("b")).isFalse();
        assertThat(second.has("a")).isFalse();
        assertThat(first.hints).containsExactly(QUEUE);
        assertThat(first.claim()).extracting(Job::id).containsExactly(new JobId("a"));
        assertThat(second.claim()).extracting(Job::id).containsExactly(new JobId("b"));
    }

    @TimedTest
    void outageOfOneIsNoneOfTheOther() {
        List<String> log = new CopyOnWriteArrayList<>();
        Handler recorder = new Recorder(log);
        Logger logger = Logger.getLogger("io.mainstay.redis");
        logger.addHandler(recorder);
        try {
            secondRedis.kill();
            eventually(() -> assertThat(second.links).contains(LinkState.DEAD));
            eventually(() -> assertThat(second.subscription).contains(SubscriptionState.DOWN));
            assertThatThrownBy(() -> second.enqueue("lost")).isInstanceOf(StoreUnavailableException.class);
            first.enqueue("a");
            eventually(() -> assertThat(first.hints).containsExactly(QUEUE));

            assertThat(first.links).doesNotContain(LinkState.DEAD);
            assertThat(first.subscription).doesNotContain(SubscriptionState.DOWN);
            assertThat(log).isNotEmpty().allMatch(line -> line.contains("second/"));
        } finally {
            logger.removeHandler(recorder);
        }

        secondRedis.start();
        eventually(() -> second.enqueue("b"));
        eventually(() -> assertThat(second.store.wakeUps().live()).isTrue());
    }

    @Test
    void endOfOneIsNoneOfTheOther() {
        first.store.close();
        eventually(() -> assertThat(firstRedis.connections()).isZero());

        assertThatThrownBy(() -> first.enqueue("late")).isInstanceOf(StoreUnavailableException.class);
        second.enqueue("b");
        eventually(() -> assertThat(second.hints).containsExactly(QUEUE));
        assertThat(second.store.wakeUps().live()).isTrue();
    }

    @Test
    void refusalOfOneIsNoneOfTheOther() {
        secondRedis.run("SET ms:schema", "9 9");
        second.store.links().recycle("for the test");
        eventually(() -> assertThat(second.store.fitness().refusal()).isPresent());

        assertThatThrownBy(() -> second.enqueue("refused")).isInstanceOf(StoreRefusedException.class);
        assertThat(first.store.fitness().refusal()).isEmpty();
        first.enqueue("a");
        assertThat(first.links).doesNotContain(LinkState.DEAD);
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(DEADLINE);
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(10))
                .ignoreException(StoreUnavailableException.class)
                .untilAsserted(assertion);
    }

    /** Warnings, as the log has them. */
    private static final class Recorder extends Handler {

        private final List<String> lines;

        Recorder(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                Object[] values = line.getParameters();
                lines.add(values == null ? line.getMessage() : line.getMessage().formatted(values));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
