package io.mainstay.redis.store;

import io.mainstay.audit.AuditStore;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.due.DueStore;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowStore;
import io.mainstay.hook.NoticeStore;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.PolicyStore;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisSentinelSet;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Aside;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.redis.Configured;
import io.mainstay.redis.audit.RedisAuditStore;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.Connector;
import io.mainstay.redis.connection.LinkLimits;
import io.mainstay.redis.connection.OpenGate;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.StoreGate;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.connection.Topology;
import io.mainstay.redis.errors.RedisErrorStore;
import io.mainstay.redis.hook.RedisNoticeStore;
import io.mainstay.redis.mirror.RedisMirrorStore;
import io.mainstay.redis.policy.RedisPlaceStore;
import io.mainstay.redis.policy.RedisPolicyStore;
import io.mainstay.redis.stats.RedisStatsStore;
import io.mainstay.redis.topology.Topologies;
import io.mainstay.redis.workers.RedisAnnouncements;
import io.mainstay.registry.QueueStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.ScheduleStore;
import io.mainstay.stats.StatsStore;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The store in a real Redis, wired by hand. Every opening starts from an empty database. */
public final class RedisUnderTest implements StoreUnderTest {

    private static final long ANSWER_SECONDS = 20;

    /** For tests of what is answered, not of when: a machine that stands still for seconds does not make them fail. */
    private static final Map<String, String> PATIENCE = Map.of(
            "mainstay.redis.suspect-after", "PT9S",
            "mainstay.redis.command-timeout", "PT10S",
            "mainstay.redis.call-timeout", "PT30S");

    /** How long after the end of a job its enqueue may still be repeated. */
    static final String REPEATABLE = "repeatable";

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final Topology topology;
    private final RedisConfig config;
    private final RedisLinks links;
    private final StoreGate gate;
    private final RedisStores stores;
    private final SteppedCalls calls;
    private final List<Runnable> beforeClose = new CopyOnWriteArrayList<>();
    private int checked;
    /** On the channel of wake-ups, once somebody has asked. */
    private List<String> told;

    /** Waits for answers far longer than a service would. */
    public RedisUnderTest(String address, int sweepLimit) {
        this(address, contractValues(sweepLimit));
    }

    /** So that the answer that gets lost is the one the test asked for. */
    static RedisUnderTest withOneLink(String address) {
        return new RedisUnderTest(address, Map.of("mainstay.redis.connections", "1"));
    }

    /** What a store is configured with to be held to the contract. */
    static Map<String, String> contractValues(int sweepLimit) {
        return patient(Map.of(
                "mainstay.redis.sweep-limit",
                Integer.toString(sweepLimit),
                "mainstay.jobs.aging",
                "PT0.7S",
                "mainstay.retention.max-remembered",
                "50"));
    }

    /** @param config values of {@link RedisConfig} that differ from their defaults */
    public RedisUnderTest(String address, Map<String, String> values) {
        this(new RedisOptions().setConnectionString(address), address, values);
        send(Request.cmd(Command.FLUSHALL));
    }

    /**
     * Leaves what is stored.
     *
     * @param options as Quarkus makes them
     * @param asked the address of a node that takes commands of tests
     */
    public RedisUnderTest(RedisOptions options, String asked, Map<String, String> values) {
        this(options, asked, values, OpenGate.make());
    }

    private RedisUnderTest(RedisOptions options, String asked, Map<String, String> values, StoreGate gate) {
        this.gate = gate;
        redis = Redis.createClient(vertx, asked);
        config = Configured.redis(values);
        ClientOptions client = Configured.client(options);
        Connector connector = new Connector(StoreName.FIRST, client, config);
        topology = Topologies.of(vertx, client.get(), connector, config);
        LinkLimits limits = new LinkLimits(config, Configured.lease(values));
        links = new RedisLinks(StoreName.FIRST, vertx, topology, connector, limits, List.of(gate));
        links.start();
        calls = new SteppedCalls(links, gate, config);
        DurabilityConfig durability = Configured.by(DurabilityConfig.class, values);
        stores = new RedisStores(
                calls,
                links,
                new JobIds(),
                new RedisStores.Settings(
                        config,
                        durability,
                        Configured.by(JobsConfig.class, values),
                        Configured.by(IdsConfig.class, values)),
                new DurableEnqueues(links, calls, durability),
                // Most tests do not wait until no enqueue can be under way any more.
                Duration.parse(values.getOrDefault(REPEATABLE, "PT0S")));
    }

    /** Nothing goes to Redis before the gate is opened. Leaves what is stored. */
    public static RedisUnderTest behind(
            StoreGate gate, RedisOptions options, String asked, Map<String, String> values) {
        return new RedisUnderTest(options, asked, values, gate);
    }

    /** With that, it waits for answers far longer than a service would. */
    static Map<String, String> patient(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(PATIENCE);
        all.putAll(values);
        return all;
    }

    /** To be used by many tests, for each with nothing in it: to make one for each of hundreds takes long. */
    StoreUnderTest emptied() {
        send(Request.cmd(Command.FLUSHALL));
        return new SharedStore(this);
    }

    public Vertx vertx() {
        return vertx;
    }

    public RedisLinks links() {
        return links;
    }

    /** For what works with it from its start to its end. */
    public void beforeClose(Runnable end) {
        beforeClose.add(end);
    }

    public RedisCalls calls() {
        return calls;
    }

    public StoreGate gate() {
        return gate;
    }

    /** On a cluster, the links already there. Leaves what is stored. */
    public static RedisUnderTest of(RedisCluster cluster, Map<String, String> values) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        cluster.nodes().forEach(node -> options.addConnectionString(node.address()));
        return ready(new RedisUnderTest(options, cluster.nodes().get(0).address(), values));
    }

    private static RedisUnderTest ready(RedisUnderTest store) {
        Awaitility.await("the first answer")
                .atMost(Duration.ofSeconds(ANSWER_SECONDS))
                .ignoreExceptions()
                .until(() -> store.allQueues().isEmpty());
        return store;
    }

    /** On the primary of a sentinel set. Leaves what is stored. */
    public static RedisUnderTest of(RedisSentinelSet set, Map<String, String> values) {
        RedisOptions options =
                new RedisOptions().setType(RedisClientType.SENTINEL).setMasterName(RedisSentinelSet.MASTER_NAME);
        set.sentinels().forEach(sentinel -> options.addConnectionString(sentinel.address()));
        return ready(new RedisUnderTest(options, set.primary().address(), values));
    }

    @Override
    public JobStore jobs() {
        return stores.jobs();
    }

    @Override
    public QueueStore queues() {
        return stores.queues();
    }

    @Override
    public LeaseStore leases() {
        return stores.leases();
    }

    @Override
    public BulkActionStore bulkActions() {
        return stores.bulkActions();
    }

    @Override
    public ErrorStore errors() {
        return new RedisErrorStore(calls);
    }

    @Override
    public LoadStore loads() {
        return stores.loads();
    }

    @Override
    public DueJobsStore dueJobs() {
        return stores.dueJobs();
    }

    @Override
    public ScheduleStore schedules() {
        return stores.schedules();
    }

    @Override
    public AuditStore audit() {
        return new RedisAuditStore(calls);
    }

    @Override
    public StatsStore stats() {
        return new RedisStatsStore(calls);
    }

    @Override
    public Announcements announcements() {
        return new RedisAnnouncements(calls);
    }

    @Override
    public FlowStore flows() {
        return stores.flows();
    }

    @Override
    public PolicyStore policies() {
        return new RedisPolicyStore(calls);
    }

    @Override
    public PlaceStore places() {
        return new RedisPlaceStore(calls);
    }

    @Override
    public FlowJobs flowJobs() {
        return stores.flowJobs();
    }

    @Override
    public MirrorStore mirror() {
        return new RedisMirrorStore(calls, links, config, Long.MAX_VALUE);
    }

    @Override
    public void restart() {
        calls.restart();
    }

    @Override
    public NoticeStore notices() {
        return new RedisNoticeStore(calls);
    }

    @Override
    public Instant now() {
        Response time = send(Request.cmd(Command.TIME));
        return Instant.ofEpochMilli(time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000)
                .plus(calls.step());
    }

    @Override
    public void letPass(Duration duration) {
        Instant until = now().plus(duration);
        // Model runs wait thousands of times: Awaitility would start a thread each time.
        for (Instant now = now(); now.isBefore(until); now = now()) {
            LockSupport.parkNanos(Duration.between(now, until).toNanos());
        }
    }

    @Override
    public void step(Duration by) {
        calls.step(by);
    }

    @Override
    public Aside aside(QueueName queue) {
        String base = new RedisKeys(queue).base();
        return new Aside(members(base + "resting").collect(Collectors.toSet()));
    }

    private Stream<String> members(String sortedSet) {
        return send(Request.cmd(Command.ZRANGE).arg(sortedSet).arg(0).arg(-1)).stream()
                .map(Response::toString);
    }

    /** Sends what no store method does, for tests that spoil or inspect what is stored. */
    public Response send(Request request) {
        try {
            return redis.send(request).toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Redis did not take " + request, e);
        }
    }

    @Override
    public DueStore due() {
        return stores.due();
    }

    /** What {@code next} should have for the buckets of these queues and has not; it has from then on. */
    List<String> lacking(List<QueueName> queues) {
        // One bucket after the other, too, for flows lie in all of them.
        return Stream.concat(queues.stream().map(Buckets::of), Stream.of(checked++ % Buckets.COUNT))
                .distinct()
                .flatMap(bucket -> calls
                        .run(
                                Script.NEXT_CHECK,
                                List.of(Buckets.names(bucket), Buckets.next(bucket)),
                                List.of(Buckets.prefixOf(bucket), "", "100"))
                        .await()
                        .atMost(Duration.ofSeconds(ANSWER_SECONDS))
                        .stream()
                        .skip(1)
                        .map(Response::toString))
                .toList();
    }

    Topology topology() {
        return topology;
    }

    @Override
    public synchronized List<QueueName> told() {
        if (told == null) {
            told = listen(RedisKeys.WAKE_CHANNEL);
        }
        // What was published before it has come when it comes.
        String last = "asked " + told.size();
        send(Request.cmd(Command.PUBLISH).arg(RedisKeys.WAKE_CHANNEL).arg(last));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(ANSWER_SECONDS))
                .until(() -> told.contains(last));
        List<QueueName> queues = told.stream()
                // Others name jobs that were cancelled.
                .filter(message -> !message.contains(" "))
                .map(message -> new QueueName(message.replaceFirst("/.*", "")))
                .toList();
        told.clear();
        return queues;
    }

    /** What is published on a channel from now on, as it comes. */
    List<String> listen(String channel) {
        List<String> messages = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        redis.connect().onSuccess(connection -> {
            connection.handler(message -> {
                if ("message".equals(message.get(0).toString())) {
                    messages.add(message.get(2).toString());
                } else {
                    subscribed.complete(null);
                }
            });
            connection.send(Request.cmd(Command.SUBSCRIBE).arg(channel));
        });
        subscribed.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        return messages;
    }

    @Override
    public void close() {
        beforeClose.forEach(Runnable::run);
        links.close();
        topology.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
