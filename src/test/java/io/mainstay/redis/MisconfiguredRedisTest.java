package io.mainstay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobIds;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.process.RedisNode;
import io.mainstay.process.RedisSentinelSet;
import io.mainstay.queue.JobsConfig;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.connection.fault.SettingNames;
import io.mainstay.redis.pubsub.WakeUpConfig;
import io.mainstay.redis.store.DurabilityConfig;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a connection can be configured wrong, against a real Redis: one sentence says which, and what to set. */
class MisconfiguredRedisTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int SLOTS = 16384;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private final Errors log = new Errors();
    private TlsSettings tls;
    private SomeCertificate authority;
    private RedisStore store;

    @BeforeEach
    void listen() {
        tls = new TlsSettings(directory);
        authority = tls.authority();
        log.logger.addHandler(log);
    }

    @AfterEach
    void close() throws Exception {
        log.logger.removeHandler(log);
        store.close();
        for (AutoCloseable each : open) {
            each.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void certificateOfAnUnknownAuthority() {
        begin(tls.client(SomeCertificate.authority("CN=Another"), overTls(authority.issue("CN=redis", "localhost"))));

        awaitFault(
                "Redis at localhost", "issued by CN=Authority of the test", "quarkus.tls.redis.trust-store.pem.certs");
    }

    @Test
    void certificateThatSignedItself() {
        begin(tls.client(overTls(SomeCertificate.authority("CN=redis"))));

        awaitFault("self-signed and not trusted (CN=redis)", "quarkus.tls.redis.trust-store.pem.certs");
    }

    @Test
    void certificateForAnotherHost() {
        begin(tls.client(overTls(authority.issue("CN=redis", "redis.example"))));

        awaitFault("is for redis.example, not for localhost", "quarkus.redis.hosts", "mainstay.redis.tls-server-name");
    }

    @Test
    void certificateThatExpired() {
        begin(tls.client(overTls(authority.issueExpired("CN=redis", "localhost"))));

        awaitFault("certificate CN=redis expired at ", "tls-cert-file");
    }

    @Test
    void certificateOfClientsIsWanted() {
        RedisNode node = start(tls.server(authority.issue("CN=redis", "localhost"), "tls-auth-clients yes"));
        begin(tls.client("rediss://localhost:" + node.port()));

        awaitFault("requires client certificates", "quarkus.tls.redis.key-store.pem.redis.cert");
    }

    @Test
    void plainClientAtATlsPort() {
        String address = overTls(authority.issue("CN=redis", "localhost"));
        begin(new RedisOptions().setConnectionString(address.replace("rediss", "redis")));

        awaitFault("speaks TLS", "write rediss:// instead of redis:// in quarkus.redis.hosts");
    }

    @Test
    void tlsClientAtAPlainPort() {
        begin(tls.client("rediss://localhost:" + start().port()));

        awaitFault("does not speak TLS", "write redis:// instead of rediss:// in quarkus.redis.hosts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mainstay:wrong@|refuses user mainstay: there is no such user, or it has another password|; correct quarkus.redis.hosts",
                "nobody:secret@|refuses user nobody: there is no such user, or it has another password|; correct quarkus.redis.hosts",
                ":wrong@|refuses the default user: the password is wrong|; correct quarkus.redis.hosts",
                "''|requires a password, but none is configured|set mainstay.redis.password-file or quarkus.redis.password"
            })
    void login(String login, String said, String key) {
        RedisNode node = start("requirepass other");
        begin(new RedisOptions().setConnectionString(node.address().replace("//", "//" + login)));

        awaitFault(said, key);
    }

    @Test
    void passwordWhereNoneIsWanted() {
        begin(new RedisOptions().setConnectionString(start().address().replace("//", "//mainstay:secret@")));

        awaitFault("refuses user mainstay", "quarkus.redis.hosts");
    }

    @Test
    void fileOfThePasswordThatIsNotThere() {
        values.put("mainstay.redis.password-file", "/nowhere/password");
        begin(new RedisOptions().setConnectionString(start().address()));

        awaitFault("mainstay.redis.password-file names /nowhere/password, which cannot be read (NoSuchFileException)");
    }

    @Test
    void passwordThatWasChanged() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "first");
        values.put("mainstay.redis.password-file", file.toString());
        OwnRedis redis = new OwnRedis();
        open.add(redis);
        redis.run("CONFIG SET requirepass first");
        begin(new RedisOptions().setConnectionString("redis://localhost:" + redis.port()));
        Awaitility.await().atMost(DEADLINE).until(() -> store.wakeUps().live());
        assertThat(store.fitness().faults()).isEmpty();

        redis.logIn("default", "first");
        redis.run("CONFIG SET requirepass second");
        redis.logIn("default", "second");
        redis.run("CLIENT KILL TYPE normal");

        awaitFault("refuses the default user: the password is wrong", "correct mainstay.redis.password-file");
        Files.writeString(file, "second");
        Awaitility.await().atMost(DEADLINE).until(() -> store.fitness().faults().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"databases 4|/7|does not have the database", "cluster-enabled yes|/1|has database 0 only"})
    void database(String setting, String path, String said) {
        begin(new RedisOptions().setConnectionString(start(setting).address() + path));

        awaitFault(said, "the address in quarkus.redis.hosts");
    }

    @Test
    void hostThatNobodyKnows() {
        begin(new RedisOptions().setConnectionString("redis://redis.invalid:6379"));

        awaitFault("host name redis.invalid is not known", "quarkus.redis.hosts");
    }

    @Test
    void replicaThatIsTakenForThePrimary() {
        begin(new RedisOptions()
                .setConnectionString(start("replicaof 127.0.0.1 1").address()));

        awaitFault("is a replica and accepts no writes", "name the primary in quarkus.redis.hosts");
    }

    @Test
    void singleServerTakenForACluster() {
        begin(new RedisOptions().setType(RedisClientType.CLUSTER).setConnectionString(start().address()));

        awaitFault("is not a cluster node", "set quarkus.redis.client-type=standalone");
    }

    @Test
    void clusterTakenForASingleServer() {
        List<RedisNode> nodes = List.of(start("cluster-enabled yes"), start("cluster-enabled yes"));
        nodes.forEach(RedisNode::awaitUp);
        int slot = Integer.parseInt(nodes.get(0).call("CLUSTER", "KEYSLOT", "ms:schema"));
        nodes.get(0).call(addSlots(IntStream.range(0, SLOTS).filter(each -> each != slot)));
        nodes.get(1).call(addSlots(IntStream.of(slot)));
        nodes.get(0)
                .call(
                        "CLUSTER",
                        "MEET",
                        "127.0.0.1",
                        Integer.toString(nodes.get(1).port()));
        Awaitility.await()
                .atMost(DEADLINE)
                .until(() -> nodes.get(0).call("GET", "ms:schema").startsWith("MOVED"));
        begin(new RedisOptions().setConnectionString(nodes.get(0).address()));

        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        store.fitness().refusal())
                .hasValue("Redis is a node of a cluster and does not serve all keys;"
                        + " set quarkus.redis.client-type=cluster"));
        assertThat(log.lines).anyMatch(line -> line.contains("set quarkus.redis.client-type=cluster"));
    }

    @Test
    void clusterOfOneNodeTakenForASingleServerIsAWarning() {
        RedisNode node = start("cluster-enabled yes").awaitUp();
        node.call(addSlots(IntStream.range(0, SLOTS)));
        begin(new RedisOptions().setConnectionString(node.address()));

        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        store.fitness().warnings())
                .anyMatch(line -> line.endsWith("set quarkus.redis.client-type=cluster")));
    }

    @Test
    void sentinelsTakenForServersAndTheOtherWayRound() {
        RedisSentinelSet set = new RedisSentinelSet();
        open.add(set);
        String sentinel = set.sentinels().get(0).address();
        begin(new RedisOptions().setConnectionString(sentinel));
        awaitFault("is a sentinel, not a Redis server", "set quarkus.redis.client-type=sentinel");

        again(new RedisOptions()
                .setType(RedisClientType.SENTINEL)
                .setConnectionString(set.primary().address()));
        awaitFault("servers that are not sentinels", "quarkus.redis.hosts", "quarkus.redis.client-type=standalone");

        again(new RedisOptions()
                .setType(RedisClientType.SENTINEL)
                .setConnectionString(sentinel)
                .setMasterName("unknown"));
        awaitFault("no sentinel knows a primary unknown", "correct quarkus.redis.master-name");
    }

    private void again(RedisOptions options) {
        store.close();
        begin(options);
    }

    private void begin(RedisOptions options) {
        RedisStore.Settings settings = new RedisStore.Settings(
                Configured.redis(values),
                Configured.by(DurabilityConfig.class, values),
                Configured.by(WakeUpConfig.class, values),
                Configured.by(JobsConfig.class, values),
                Configured.by(IdsConfig.class, values),
                Configured.lease(values));
        ClientOptions client = new ClientOptions(options, Optional::empty, new SettingNames("", Optional.of("redis")));
        store = new RedisStore(StoreName.FIRST, vertx, client, settings, new JobIds(), List.of());
        store.start();
    }

    /** What readiness says, and the log. */
    private void awaitFault(String... words) {
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        store.fitness().faults())
                .singleElement()
                .satisfies(said -> assertThat(said).contains(words)));
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(log.lines)
                .contains("Redis cannot be connected to: "
                        + store.fitness().faults().get(0)));
    }

    private RedisNode start(String... settings) {
        RedisNode node = RedisNode.start(settings);
        open.add(node);
        return node;
    }

    /** The address of a server with that certificate. */
    private String overTls(SomeCertificate certificate) {
        return "rediss://localhost:" + start(tls.server(certificate)).port();
    }

    private static String[] addSlots(IntStream slots) {
        return Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots.mapToObj(Integer::toString))
                .toArray(String[]::new);
    }

    /** Errors, as the log has them. */
    private static final class Errors extends Handler {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger logger = Logger.getLogger("io.mainstay.redis.check");

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() > Level.WARNING.intValue()) {
                lines.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
