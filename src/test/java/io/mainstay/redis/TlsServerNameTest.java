package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.process.RedisSentinelSet;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobsConfig;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.connection.fault.SettingNames;
import io.mainstay.redis.pubsub.WakeUpConfig;
import io.mainstay.redis.store.DurabilityConfig;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers whose certificate is for one name, at addresses that it does not name: every connection is verified against the configured name. */
class TlsServerNameTest {

    private static final String KEY = "mainstay.redis.tls-server-name";
    private static final String NAME = "redis.example";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TlsSettings tls;
    private RedisStore store;

    @BeforeEach
    void issue() {
        tls = new TlsSettings(directory);
    }

    @AfterEach
    void close() throws Exception {
        if (store != null) {
            store.close();
        }
        for (AutoCloseable each : open) {
            each.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void certificateForTheConfiguredNameIsAcceptedAtAnAddressItDoesNotName() {
        begin(tls.client(serverFor(NAME, "127.0.0.1")), Map.of(KEY, NAME));

        awaitWork();
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1"})
    void certificateForAnotherNameIsRefusedEvenIfItNamesTheAddress(String host) {
        begin(tls.client(serverFor(host, host)), Map.of(KEY, NAME));

        awaitFault("Redis at " + host, "is for " + host + ", not for " + NAME, "; correct " + KEY);
        assertThat(store.wakeUps().live()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1"})
    void withoutANameTheCertificateMustNameTheAddress(String host) {
        begin(tls.client(serverFor(host, host)), Map.of());
        awaitWork();
        store.close();

        begin(tls.client(serverFor(NAME, host)), Map.of());
        awaitFault("is for " + NAME + ", not for " + host, KEY);
        assertThat(store.wakeUps().live()).isFalse();
    }

    /** As it is over TLS from the configuration of Quarkus, and as it is with nothing but an address. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void nameIsTheServerNameOfTheHandshake(boolean configured) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            RedisOptions options = tls.client("rediss://127.0.0.1:" + server.getLocalPort());
            options.getNetClientOptions().setSsl(configured);
            begin(options, Map.of(KEY, NAME));
            server.setSoTimeout(Math.toIntExact(DEADLINE.toMillis()));

            try (Socket client = server.accept()) {
                byte[] hello = new byte[2000];
                int length = client.getInputStream().read(hello);
                assertThat(new String(hello, 0, length, StandardCharsets.ISO_8859_1))
                        .contains(NAME)
                        .doesNotContain("PING", "HELLO");
            }
        }
    }

    @Test
    void clusterThatAnnouncesItsNodesByAddressNeedsTheName() {
        SomeCertificate certificate = tls.authority().issue("CN=redis", "localhost");
        RedisCluster cluster = new RedisCluster(tls.server(certificate, "tls-cluster yes", "tls-replication yes"));
        open.add(cluster);
        RedisOptions options = tls.client(
                        "rediss://localhost:" + cluster.nodes().get(0).port())
                .setType(RedisClientType.CLUSTER);

        begin(options, Map.of());
        awaitFault("Redis at 127.0.0.1", "is for localhost, not for 127.0.0.1", "set " + KEY + " to it");
        store.close();

        begin(options, Map.of(KEY, "localhost"));
        awaitWork();
    }

    @Test
    void sentinelsAndTheServersTheyNameAreVerifiedAgainstIt() {
        SomeCertificate certificate = tls.authority().issue("CN=redis", NAME);
        RedisSentinelSet set = new RedisSentinelSet(tls.server(certificate, "tls-replication yes"));
        open.add(set);
        RedisOptions options = tls.client(
                        "rediss://127.0.0.1:" + set.sentinels().get(0).port())
                .setType(RedisClientType.SENTINEL)
                .setMasterName("main");

        begin(options, Map.of());
        awaitFault("sentinel at 127.0.0.1", "is for " + NAME + ", not for 127.0.0.1");
        store.close();

        begin(options, Map.of(KEY, NAME));
        awaitWork();
    }

    @Test
    void secondStoreHasANameOfItsOwn() {
        ClientOptions second = second(serverFor(NAME, "127.0.0.1"), NAME);
        store = new RedisStore(StoreName.SECOND, vertx, second, settings(Map.of()), new JobIds(), List.of());
        store.start();
        awaitWork();
        store.close();

        second = second(serverFor("127.0.0.1", "127.0.0.1"), NAME);
        // The first store's is not the second's.
        Map<String, String> first = Map.of(KEY, "127.example");
        store = new RedisStore(StoreName.SECOND, vertx, second, settings(first), new JobIds(), List.of());
        store.start();
        awaitFault("is for 127.0.0.1, not for " + NAME, "correct mainstay.stores.second.tls-server-name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://localhost | redis.example | must begin with rediss://",
                "rediss://localhost | 10.0.0.1 | a host name",
                "rediss://localhost | fd00::1 | a host name",
                "rediss://localhost | *.example | a host name",
                "rediss://localhost | redis.example. | a host name",
                "rediss://localhost | redis.example:6380 | a host name"
            })
    void nameThatCannotBeVerifiedStopsTheStart(String address, String name, String limit) {
        assertThatThrownBy(() -> begin(tls.client(address), Map.of(KEY, name)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll(KEY, name, limit);
    }

    @Test
    void nameWhileNamesAreNotCheckedStopsTheStart() {
        RedisOptions options = tls.client("rediss://localhost");
        options.getNetClientOptions().setHostnameVerificationAlgorithm("");

        assertThatThrownBy(() -> begin(options, Map.of(KEY, NAME)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll(KEY, "quarkus.tls.redis.hostname-verification-algorithm");
    }

    /** @return its address */
    private String serverFor(String certified, String host) {
        RedisNode node = RedisNode.start(tls.server(tls.authority().issue("CN=redis", certified)));
        open.add(node);
        return "rediss://" + host + ":" + node.awaitUp().port();
    }

    private void begin(RedisOptions options, Map<String, String> values) {
        ClientOptions client = new ClientOptions(options, Optional::empty, new SettingNames("", Optional.of("redis")));
        store = new RedisStore(StoreName.FIRST, vertx, client, settings(values), new JobIds(), List.of());
        store.start();
    }

    private ClientOptions second(String address, String name) {
        SecondStoreConfig config = Configured.by(
                SecondStoreConfig.class,
                Map.of(
                        "mainstay.stores.second.hosts", address,
                        "mainstay.stores.second.tls-configuration-name", "test",
                        "mainstay.stores.second.tls-server-name", name));
        TlsConfiguration trusting = new BaseTlsConfiguration() {
            @Override
            public TrustOptions getTrustStoreOptions() {
                return tls.trust();
            }
        };
        TlsConfigurationRegistry registry = new TlsConfigurationRegistry() {
            @Override
            public Optional<TlsConfiguration> get(String name) {
                return Optional.of(trusting);
            }

            @Override
            public Optional<TlsConfiguration> getDefault() {
                return Optional.empty();
            }

            @Override
            public void register(String name, TlsConfiguration configuration) {
                throw new UnsupportedOperationException();
            }
        };
        return new SecondRedisOptions(config, registry, new SmallRyeConfigBuilder().build())
                .get(new RedisOptions().setConnectionString("redis://localhost:6379"))
                .orElseThrow();
    }

    private static RedisStore.Settings settings(Map<String, String> values) {
        return new RedisStore.Settings(
                Configured.redis(values),
                Configured.by(DurabilityConfig.class, Map.of()),
                Configured.by(WakeUpConfig.class, Map.of("mainstay.wake-up.canary-interval", "PT0.2S")),
                Configured.by(JobsConfig.class, Map.of()),
                Configured.by(IdsConfig.class, Map.of()),
                Configured.lease(Map.of()));
    }

    /** Jobs of many queues, thus on every shard, and the subscription. */
    private void awaitWork() {
        IntStream.range(0, 20).forEach(number -> Awaitility.await()
                .atMost(DEADLINE)
                .ignoreException(StoreUnavailableException.class)
                .untilAsserted(() -> store.stores()
                        .jobs()
                        .enqueue(JobDraft.job(new QueueName("mail-" + number), "a")
                                .build())
                        .await()
                        .atMost(DEADLINE)));
        Awaitility.await().atMost(DEADLINE).until(() -> store.wakeUps().live());
        assertThat(store.fitness().faults()).isEmpty();
    }

    private void awaitFault(String... words) {
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        store.fitness().faults())
                .anySatisfy(said -> assertThat(said).contains(words)));
    }
}
