package io.mainstay.redis;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.SubscriptionState;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WakeUps;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/** Wake-ups of a real Redis, wired by hand, with all they tell recorded. */
final class WakeUpsUnderTest implements AutoCloseable, WakeUps.Listener, ConnectionObserver {

    private final Vertx vertx = Vertx.vertx();
    private final Topology topology;
    private final RedisLinks links;
    private final RedisWakeUps wakeUps;
    private final RedisChangeFeed changes;
    private final List<QueueName> hints = new CopyOnWriteArrayList<>();
    private final List<SubscriptionState> states = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();

    WakeUpsUnderTest(String address, Duration canaryInterval) {
        ClientOptions options = new ClientOptions();
        options.customize(VertxRedisClientFactory.DEFAULT_CLIENT, new RedisOptions().setConnectionString(address));
        RedisConfig config = RedisUnderTest.config(Map.of());
        Connector connector = new Connector(options, new Credentials(config, ConfigProvider.getConfig()), config);
        topology = new Topologies().topology(vertx, options, connector, config);
        links = new RedisLinks(vertx, topology, connector, config, RedisUnderTest.limits(Map.of()), List.of());
        WakeUpConfig wakeUpConfig = new SmallRyeConfigBuilder()
                .withMapping(WakeUpConfig.class)
                .withDefaultValue("mainstay.wake-up.canary-interval", canaryInterval.toString())
                .build()
                .getConfigMapping(WakeUpConfig.class);
        SubscriptionSource source = new SubscriptionSource(topology, connector);
        RedisCalls calls = new RedisCalls(links, new CallPolicy(), OpenGate.make(), config);
        JobIds ids = new JobIds();
        wakeUps = new RedisWakeUps(vertx, source, calls, wakeUpConfig, ids, List.of(this));
        wakeUps.listen(this);
        changes = new RedisChangeFeed(vertx, source, calls, wakeUps, wakeUpConfig, ids);
    }

    RedisWakeUps wakeUps() {
        return wakeUps;
    }

    /** State changes, on the same Redis. */
    RedisChangeFeed changes() {
        return changes;
    }

    boolean live() {
        return wakeUps.live();
    }

    SubscriptionState state() {
        return states.get(states.size() - 1);
    }

    /** All there were, the first included. */
    List<SubscriptionState> states() {
        return states;
    }

    List<QueueName> hints() {
        return hints;
    }

    /** As queue/id. */
    List<String> cancelled() {
        return cancelled;
    }

    List<String> notices() {
        return notices;
    }

    int missedRounds() {
        return missed.get();
    }

    @Override
    public void hint(QueueName queue) {
        hints.add(queue);
    }

    @Override
    public void cancelled(QueueName queue, List<JobId> jobs) {
        jobs.forEach(id -> cancelled.add(queue + "/" + id));
    }

    @Override
    public void missed() {
        missed.incrementAndGet();
    }

    @Override
    public void subscriptionChanged(SubscriptionState to) {
        states.add(to);
    }

    @Override
    public void maintenanceAnnounced(String kind) {
        notices.add(kind);
    }

    @Override
    public void close() {
        changes.close();
        wakeUps.close();
        links.close();
        topology.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
