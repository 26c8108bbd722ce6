package io.mainstay.redis;

import io.mainstay.bulk.BulkActionStore;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowStore;
import io.mainstay.job.JobIds;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisSentinelSet;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Roster;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.scaling.LoadStore;
import io.mainstay.schedule.ScheduleStore;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
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
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** The store in a real Redis, wired by hand. Every opening starts from an empty database. */
final class RedisUnderTest implements StoreUnderTest {

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
    private final RedisLinks links;
    private final StoreGate gate;
    private final JobStore jobs;
    private final LeaseStore leases;
    private final BulkActionStore many;
    private final LoadStore loads;
    private final ScheduleStore schedules;
    private final FlowStore flows;
    private final Roster roster;
    private final FlowJobs flowJobs;
    private final QueueRegistry registry;
    private final RegistryWalk walk;
    private final SteppedCalls calls;
    private Inspector inspector;
    private RegistryKeeper keeper;

    /** Waits for answers far longer than a service would. */
    RedisUnderTest(String address, int sweepLimit) {
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
    RedisUnderTest(String address, Map<String, String> values) {
        this(new RedisOptions().setConnectionString(address), address, values);
        send(Request.cmd(Command.FLUSHALL));
    }

    /**
     * Leaves what is stored.
     *
     * @param options as Quarkus makes them
     * @param asked the address of a node that takes commands of tests
     */
    RedisUnderTest(RedisOptions options, String asked, Map<String, String> values) {
        this(options, asked, values, OpenGate.make());
    }

    private RedisUnderTest(RedisOptions options, String asked, Map<String, String> values, StoreGate gate) {
        this.gate = gate;
        redis = Redis.createClient(vertx, asked);
        RedisConfig config = config(values);
        ClientOptions captured = new ClientOptions();
        captured.customize(VertxRedisClientFactory.DEFAULT_CLIENT, options);
        Connector connector = new Connector(captured, new Credentials(config, ConfigProvider.getConfig()), config);
        topology = new Topologies().topology(vertx, captured, connector, config);
        links = new RedisLinks(vertx, topology, connector, config, limits(values), List.of(gate));
        calls = new SteppedCalls(links, new CallPolicy(), gate, config);
        registry = new QueueRegistry(calls, links);
        walk = new RegistryWalk(calls, links, registry);
        DurableEnqueues durable = new DurableEnqueues(links, calls, mapping(DurabilityConfig.class, values));
        Enqueuer enqueuer = new Enqueuer(calls, links, registry, durable, mapping(JobsConfig.class, values));
        jobs = new RedisJobStore(calls, enqueuer, registry, mapping(JobsConfig.class, values));
        // Most tests do not wait until no enqueue can be under way any more.
        RememberedIds ids = new RememberedIds(
                mapping(IdsConfig.class, values), Duration.parse(values.getOrDefault(REPEATABLE, "PT0S")));
        leases = new RedisLeaseStore(
                calls, new Settler(calls), registry, config, mapping(JobsConfig.class, values), ids);
        many = new RedisManyStore(calls, registry, ids);
        loads = new RedisLoadStore(calls, registry);
        schedules = new RedisScheduleStore(calls);
        flows = new RedisFlowStore(calls);
        roster = new RedisRoster(calls);
        flowJobs = new RedisFlowJobs(calls, registry);
    }

    /** As a service begins: nothing goes to Redis before it was inspected. Leaves what is stored. */
    static RedisUnderTest inspected(RedisOptions options, String asked, Map<String, String> values, int schema) {
        StoreGate gate = new StoreGate();
        RedisUnderTest store = new RedisUnderTest(options, asked, values, gate);
        SettingsCheck settings = new SettingsCheck(
                config(values), mapping(JobsConfig.class, values), mapping(DurabilityConfig.class, values));
        store.inspector = new Inspector(store.vertx, store.links, gate, settings, new SchemaCheck(schema));
        return store;
    }

    /** With that, it waits for answers far longer than a service would. */
    static Map<String, String> patient(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(PATIENCE);
        all.putAll(values);
        return all;
    }

    RedisCalls calls() {
        return calls;
    }

    StoreGate gate() {
        return gate;
    }

    /** On a cluster, the links already there. Leaves what is stored. */
    static RedisUnderTest of(RedisCluster cluster, Map<String, String> values) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        cluster.nodes().forEach(node -> options.addConnectionString(node.address()));
        return ready(new RedisUnderTest(options, cluster.nodes().get(0).address(), values));
    }

    private static RedisUnderTest ready(RedisUnderTest store) {
        Awaitility.await("the first answer")
                .atMost(Duration.ofSeconds(ANSWER_SECONDS))
                .ignoreExceptions()
                .until(() -> store.jobs.queues().await().indefinitely().isEmpty());
        return store;
    }

    /** On the primary of a sentinel set. Leaves what is stored. */
    static RedisUnderTest of(RedisSentinelSet set, Map<String, String> values) {
        RedisOptions options =
                new RedisOptions().setType(RedisClientType.SENTINEL).setMasterName(RedisSentinelSet.MASTER_NAME);
        set.sentinels().forEach(sentinel -> options.addConnectionString(sentinel.address()));
        return ready(new RedisUnderTest(options, set.primary().address(), values));
    }

    /** With the lease of the values, or the default one. */
    static LinkLimits limits(Map<String, String> values) {
        Duration lease = Duration.parse(values.getOrDefault("mainstay.lease.duration", "PT10S"));
        return new LinkLimits(config(values), lease);
    }

    static RedisConfig config(Map<String, String> values) {
        return mapping(RedisConfig.class, values);
    }

    private static <T> T mapping(Class<T> type, Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(type)
                // Of jobs: sizes such as 256K.
                .withConverter(MemorySize.class, 500, new MemorySizeConverter())
                .withDefaultValues(values)
                .build();
        return config.getConfigMapping(type);
    }

    @Override
    public JobStore jobs() {
        return jobs;
    }

    @Override
    public LeaseStore leases() {
        return leases;
    }

    @Override
    public BulkActionStore many() {
        return many;
    }

    @Override
    public LoadStore loads() {
        return loads;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }

    @Override
    public Roster roster() {
        return roster;
    }

    @Override
    public FlowStore flows() {
        return flows;
    }

    @Override
    public FlowJobs flowJobs() {
        return flowJobs;
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
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO)
                .atMost(duration.plusSeconds(ANSWER_SECONDS))
                .until(() -> !now().isBefore(until));
    }

    @Override
    public void step(Duration by) {
        calls.step(by);
    }

    /** Sends what no store method does, for tests that spoil or inspect what is stored. */
    Response send(Request request) {
        try {
            return redis.send(request).toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Redis did not take " + request, e);
        }
    }

    /** Has the registry kept, as a service does. Behind an own gate. */
    RedisUnderTest keeping() {
        keeper = new RegistryKeeper(vertx, registry, walk, gate, new JobIds());
        return this;
    }

    QueueRegistry registry() {
        return registry;
    }

    RegistryWalk walk() {
        return walk;
    }

    Topology topology() {
        return topology;
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
        if (inspector != null) {
            inspector.close();
        }
        if (keeper != null) {
            keeper.close();
        }
        links.close();
        topology.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
