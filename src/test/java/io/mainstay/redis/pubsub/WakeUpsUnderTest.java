package io.mainstay.redis.pubsub;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.SubscriptionState;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.process.RedisCluster;
import io.mainstay.queue.WakeUps;
import io.mainstay.redis.Configured;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.Connector;
import io.mainstay.redis.connection.LinkLimits;
import io.mainstay.redis.connection.OpenGate;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.connection.Topology;
import io.mainstay.redis.topology.Topologies;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Wake-ups of a real Redis, wired by hand, with all they tell recorded. */
final class WakeUpsUnderTest implements AutoCloseable, WakeUps.Listener, ConnectionObserver {

    private final Vertx vertx = Vertx.vertx();
    private final Topology topology;
    private final RedisLinks links;
    private final RedisWakeUps wakeUps;
    private final RedisChangeFeed changes;
    private final RedisEndNotices ends;
    private final List<QueueName> hints = new CopyOnWriteArrayList<>();
    private final List<SubscriptionState> states = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final List<String> hinted = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();

    WakeUpsUnderTest(String address, Duration canaryInterval) {
        this(Configured.client(address), canaryInterval);
    }

    WakeUpsUnderTest(RedisCluster cluster, Duration canaryInterval) {
        this(Configured.client(options(cluster)), canaryInterval);
    }

    private static RedisOptions options(RedisCluster cluster) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        cluster.nodes().forEach(node -> options.addConnectionString(node.address()));
        return options;
    }

    private WakeUpsUnderTest(ClientOptions client, Duration canaryInterval) {
        RedisConfig config = Configured.redis(Map.of());
        Connector connector = new Connector(StoreName.FIRST, client, config);
        topology = Topologies.of(vertx, client.get(), connector, config);
        LinkLimits limits = new LinkLimits(config, Configured.lease(Map.of()));
        links = new RedisLinks(StoreName.FIRST, vertx, topology, connector, limits, List.of());
        links.start();
        WakeUpConfig wakeUpConfig = Configured.by(
                WakeUpConfig.class, Map.of("mainstay.wake-up.canary-interval", canaryInterval.toString()));
        RedisCalls calls = new RedisCalls(StoreName.FIRST, links, OpenGate.make(), config);
        PubSubTransport transport = new PubSubTransport(topology, connector, links, calls);
        Subscriptions subscriptions = new Subscriptions(StoreName.FIRST, vertx, transport, wakeUpConfig, new JobIds());
        wakeUps = new RedisWakeUps(subscriptions, List.of(this));
        wakeUps.listen(this);
        wakeUps.start();
        changes = new RedisChangeFeed(vertx, subscriptions, calls, wakeUps);
        ends = new RedisEndNotices(calls, wakeUps);
    }

    RedisWakeUps wakeUps() {
        return wakeUps;
    }

    /** State changes, on the same Redis. */
    RedisChangeFeed changes() {
        return changes;
    }

    /** Of jobs that are waited for, on the same Redis. */
    RedisEndNotices ends() {
        return ends;
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

    /** As queue/handler, of those that named any. */
    List<String> hinted() {
        return hinted;
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
    public void hint(QueueName queue, Set<HandlerName> handlers) {
        handlers.forEach(handler -> hinted.add(queue + "/" + handler));
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
