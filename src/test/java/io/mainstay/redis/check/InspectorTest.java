package io.mainstay.redis.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.Durability;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.OwnRedis;
import io.mainstay.redis.store.RedisUnderTest;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service does that begins to work with a Redis that is set up badly, or that a newer version works with. */
class InspectorTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<RedisUnderTest> begun = new ArrayList<>();
    private OwnRedis server;

    @BeforeEach
    void open() {
        server = new OwnRedis();
    }

    @AfterEach
    void close() {
        begun.forEach(RedisUnderTest::close);
        server.close();
    }

    @Test
    void emptyRedisIsWorkedWithAndGetsItsSchema() {
        RedisUnderTest service = begin(Map.of());

        await("work", () -> works(service));
        assertThat(schema()).isEqualTo("1 1");
        assertThat(service.gate().refusal()).isEmpty();
        // The test's server keeps nothing on disk, and says so.
        assertThat(service.gate().warnings()).singleElement().asString().contains("neither an append-only file");
    }

    @Test
    void evictingRedisIsRefusedUntilItIsSetRight() {
        server.run("CONFIG SET maxmemory-policy allkeys-lru");
        RedisUnderTest service = begin(Map.of());

        await("a refusal", () -> service.gate().refusal().isPresent());
        assertThat(service.gate().refusal())
                .hasValueSatisfying(why -> assertThat(why).contains("allkeys-lru"));
        for (Durability durability : List.of(Durability.MEMORY, Durability.REPLICA)) {
            assertThatThrownBy(() -> enqueue(service, durability)).isInstanceOf(StoreRefusedException.class);
        }
        ClaimRequest claim = SomeClaim.of(QUEUE, "me", "t", 1, Duration.ofMinutes(1));
        assertThatThrownBy(() -> service.leases().claim(claim).await().atMost(DEADLINE))
                .isInstanceOf(StoreRefusedException.class);

        server.run("CONFIG SET maxmemory-policy noeviction");
        await("work", () -> works(service));
        assertThat(service.gate().refusal()).isEmpty();
    }

    @Test
    void evictionThatIsAllowedIsWarnedOf() {
        server.run("CONFIG SET maxmemory-policy allkeys-lru");
        RedisUnderTest service = begin(Map.of("mainstay.redis.allow-eviction", "true"));

        await("work", () -> works(service));
        assertThat(service.gate().warnings()).anyMatch(warning -> warning.contains("allkeys-lru"));
    }

    @Test
    void evictionOfWhatExpiresIsWorkedWithAndWarnedOf() {
        server.run("CONFIG SET maxmemory-policy volatile-lru");
        RedisUnderTest service = begin(Map.of());

        await("work", () -> works(service));
        assertThat(service.gate().warnings()).anyMatch(warning -> warning.contains("volatile-lru"));
    }

    @Test
    void settingThatTurnsBadEndsNoWorkAndIsWarnedOfAfterAReconnect() {
        RedisUnderTest service = begin(Map.of());
        await("work", () -> works(service));

        server.run("CONFIG SET maxmemory-policy allkeys-lru");
        server.run("CLIENT KILL TYPE normal");
        await("a warning", () -> service.gate().warnings().stream().anyMatch(text -> text.contains("allkeys-lru")));
        await("work", () -> works(service));
    }

    /** As behind a proxy, whose connections stay while another Redis takes the place of the one before. */
    @Test
    void anotherRedisBehindTheSameConnectionsRaisesADoubt() {
        RedisUnderTest service = begin(Map.of());
        await("work", () -> works(service));
        int before = service.gate().doubts();

        server.run("DEBUG CHANGE-REPL-ID");
        // Has it look now and not in a minute.
        service.gate().doubt();

        await("a doubt of its own", () -> service.gate().doubts() >= before + 2);
    }

    @Test
    void redisThatMayNotBeAskedIsWorkedWith() {
        server.run("ACL SETUSER default -info -config");
        RedisUnderTest service = begin(Map.of());

        await("work", () -> works(service));
        assertThat(service.gate().warnings()).singleElement().asString().contains("INFO");
    }

    @Test
    void onlyConfigGetForbiddenStillTellsTheEvictionPolicy() {
        server.run("CONFIG SET maxmemory-policy allkeys-lru");
        server.run("ACL SETUSER default -config");
        RedisUnderTest service = begin(Map.of());

        await("a refusal", () -> service.gate().refusal().isPresent());
    }

    @Test
    void defaultDurabilityThatCannotBeHadIsRefused() {
        RedisUnderTest service = begin(Map.of("mainstay.jobs.default-durability", "fsync"));

        await("a refusal", () -> service.gate().refusal().isPresent());
        assertThat(service.gate().refusal())
                .hasValueSatisfying(why -> assertThat(why).contains("fsync"));
    }

    @Test
    void redisThatIsAwayAtTheStartIsInspectedWhenItComes() {
        server.kill();
        RedisUnderTest service = begin(Map.of());

        assertThatThrownBy(() -> enqueue(service, Durability.MEMORY)).isInstanceOf(StoreUnavailableException.class);
        assertThat(service.gate().refusal()).isEmpty();
        server.start();
        await("work", () -> works(service));
        assertThat(schema()).isEqualTo("1 1");
    }

    @Test
    void fullRedisWithoutASchemaIsWorkedWith() {
        server.run("CONFIG SET maxmemory 1");
        RedisUnderTest service = begin(Map.of());

        await("an inspection", () -> service.gate().open());
        assertThat(schema()).isEqualTo("null");
    }

    @Test
    void newerVersionUpgradesOnceAndTheOneBeforeGoesOnBesideIt() {
        RedisUnderTest old = begin(Map.of(), 6);
        await("work of the old", () -> works(old));
        assertThat(schema()).isEqualTo("6 5");

        RedisUnderTest next = begin(Map.of(), 7);
        await("work of the new", () -> works(next));
        assertThat(schema()).isEqualTo("7 6");
        server.run("CLIENT KILL TYPE normal");
        await("work of the old", () -> works(old));

        RedisUnderTest oldAgain = begin(Map.of(), 6);
        await("work of an old one that begins", () -> works(oldAgain));
        assertThat(schema()).isEqualTo("7 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8 7", "9 9", "once upon a time"})
    void newerSchemaThatIsIncompatibleIsRefusedAndLeftAsItIs(String found) {
        setSchema(found);
        RedisUnderTest service = begin(Map.of(), 6);

        await("a refusal", () -> service.gate().refusal().isPresent());
        assertThatThrownBy(() -> enqueue(service, Durability.MEMORY)).isInstanceOf(StoreRefusedException.class);
        assertThat(schema()).isEqualTo(found);
    }

    @Test
    void keyOfAnotherKindIsRefused() {
        server.run("SADD ms:schema x");
        RedisUnderTest service = begin(Map.of());

        await("a refusal", () -> service.gate().refusal().isPresent());
    }

    @Test
    void incompatibleSchemaThatComesLaterEndsTheWorkOfThoseBefore() {
        RedisUnderTest service = begin(Map.of(), 6);
        await("work", () -> works(service));

        setSchema("8 7");
        server.run("CLIENT KILL TYPE normal");
        await("a refusal", () -> service.gate().refusal().isPresent());
        assertThatThrownBy(() -> enqueue(service, Durability.MEMORY)).isInstanceOf(StoreRefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({"4 3, true", "5 4, false", "6 5, false", "7 6, false"})
    void dataThatAreMoreThanOneSchemaBehindAreRefused(String found, boolean refused) {
        setSchema(found);
        RedisUnderTest service = begin(Map.of(), 6);

        await(
                "a verdict",
                () -> service.gate().open() || service.gate().refusal().isPresent());
        assertThat(service.gate().open()).isEqualTo(!refused);
        assertThat(schema()).isEqualTo(found.equals("5 4") ? "6 5" : found);
    }

    @Test
    void everyPrimaryOfAClusterIsLookedAt() {
        try (RedisCluster cluster = new RedisCluster()) {
            RedisNode bad = cluster.primaryOf("{elsewhere}");
            bad.call("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
            RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
            cluster.nodes().forEach(node -> options.addConnectionString(node.address()));
            String any = cluster.nodes().get(0).address();
            RedisUnderTest service = Inspected.begin(options, any, Map.of(), 1);
            begun.add(service);

            await("a refusal", () -> service.gate().refusal().isPresent());
            assertThat(service.gate().refusal())
                    .hasValueSatisfying(why -> assertThat(why).contains("allkeys-random", "127.0.0.1:" + bad.port()));
            bad.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
            await("work", () -> works(service));
            assertThat(cluster.primaryOf("ms:schema").call("GET", "ms:schema")).isEqualTo("1 1");
            service.close();
            begun.clear();
        }
    }

    private RedisUnderTest begin(Map<String, String> config) {
        return begin(config, SchemaCheck.CURRENT);
    }

    private RedisUnderTest begin(Map<String, String> config, int schema) {
        String address = "redis://127.0.0.1:" + server.port();
        RedisUnderTest service =
                Inspected.begin(new RedisOptions().setConnectionString(address), address, config, schema);
        begun.add(service);
        return service;
    }

    private static boolean works(RedisUnderTest service) {
        try {
            return enqueue(service, Durability.MEMORY) != null;
        } catch (StoreRefusedException | StoreUnavailableException e) {
            return false;
        }
    }

    private static Enqueued enqueue(RedisUnderTest service, Durability durability) {
        NewJob job = JobDraft.job(QUEUE, "a").build();
        return service.jobs()
                .enqueue(new NewJob(QUEUE, job.id(), job.spec(), job.start(), durability))
                .await()
                .atMost(DEADLINE);
    }

    private String schema() {
        return String.valueOf(server.run("GET ms:schema"));
    }

    private void setSchema(String text) {
        server.run("SET ms:schema", text);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
