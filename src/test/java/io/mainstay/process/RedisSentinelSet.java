package io.mainstay.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A primary, two replicas and three sentinels that agree (quorum 2) within a second or so that the primary is gone. */
public final class RedisSentinelSet implements AutoCloseable {

    /** What the sentinels call the primary. */
    public static final String MASTER_NAME = "main";

    private static final Pattern EPOCH = Pattern.compile("config-epoch\\s+(\\d+)");
    private static final int REPLICAS = 2;
    private static final int SENTINELS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<RedisNode> servers = new ArrayList<>();
    private final List<RedisNode> sentinels = new ArrayList<>();

    /**
     * Starts all and waits until every sentinel knows every other and both replicas.
     *
     * @param settings lines of the configuration of every server and sentinel, besides those of such a set
     */
    public RedisSentinelSet(String... settings) {
        try {
            RedisNode first = RedisNode.start(with(settings, "repl-ping-replica-period 1"));
            servers.add(first);
            for (int i = 0; i < REPLICAS; i++) {
                servers.add(RedisNode.start(
                        with(settings, "repl-ping-replica-period 1", "replicaof 127.0.0.1 " + first.port())));
            }
            servers.forEach(RedisNode::awaitUp);
            await("replicas in sync", () -> first.call("INFO", "replication").contains("connected_slaves:" + REPLICAS));
            for (int i = 0; i < SENTINELS; i++) {
                sentinels.add(RedisNode.startSentinel(with(
                        settings,
                        "sentinel monitor " + MASTER_NAME + " 127.0.0.1 " + first.port() + " 2",
                        "sentinel down-after-milliseconds " + MASTER_NAME + " 1000",
                        "sentinel failover-timeout " + MASTER_NAME + " 3000",
                        "sentinel parallel-syncs " + MASTER_NAME + " 2")));
            }
            sentinels.forEach(RedisNode::awaitUp);
            await("sentinels knowing all", () -> sentinels.stream().allMatch(RedisSentinelSet::knowsAll));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public List<RedisNode> sentinels() {
        return List.copyOf(sentinels);
    }

    /** Servers that answer and say they are a primary: one, or for a moment around a failover none or two. */
    public List<RedisNode> primaries() {
        return servers.stream()
                .filter(server -> server.call("ROLE").startsWith("master"))
                .toList();
    }

    /**
     * The server that takes writes; where two do, the one that the sentinels name. Sentinels go on naming a primary that
     * handed over by itself for some 20 s. Where none does, the one that is named, or any.
     */
    public RedisNode primary() {
        List<RedisNode> primaries = primaries();
        String named = sentinels.stream()
                .map(sentinel -> sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME))
                .filter(answer -> answer.startsWith("127.0.0.1"))
                .findFirst()
                .orElse("");
        return (primaries.isEmpty() ? servers : primaries)
                .stream()
                        .filter(server -> named.endsWith("\n" + server.port()))
                        .findFirst()
                        .orElseGet(() -> (primaries.isEmpty() ? servers : primaries).get(0));
    }

    /** Servers other than the primary, dead ones included. */
    public List<RedisNode> replicas() {
        RedisNode primary = primary();
        return servers.stream().filter(server -> server != primary).toList();
    }

    /**
     * Sentinels' own planned failover (SENTINEL FAILOVER); returns when a replica was promoted. The old primary takes
     * writes, which are lost, until the sentinels have told it, a second or so later.
     */
    public void failOver() {
        awaitCalm();
        RedisNode before = primary();
        await(
                "a failover begun",
                () -> sentinels.get(0).call("SENTINEL", "FAILOVER", MASTER_NAME).equals("OK"));
        awaitPromotionFrom(before);
    }

    /** The primary hands over to a replica by itself (FAILOVER TO), its connections left open; returns when it did. */
    public void handOver() {
        awaitCalm();
        RedisNode before = primary();
        RedisNode to = replicas().get(0);
        // Redis gives up a hand-over whose replica lost its link meanwhile: begun again until it succeeds.
        await("the hand-over", () -> {
            before.call("FAILOVER", "TO", "127.0.0.1", Integer.toString(to.port()), "TIMEOUT", "5000");
            return to.call("ROLE").startsWith("master");
        });
    }

    /**
     * Waits until what earlier faults did is over: one primary, known to all sentinels, replicas in sync, no failover of the
     * sentinels under way. A server that was killed and started again calls itself primary until the sentinels tell it
     * otherwise. And a failover of theirs that runs into its time-out makes all other servers replicas of what it promoted,
     * even one that has become the primary since: then there is none for some 20 s.
     */
    public void awaitCalm() {
        await("one primary, replicas in sync", this::inSync);
        // After a hand-over that takes them some 20 s, and they may promote yet another server then.
        await("sentinels naming it", DEADLINE.multipliedBy(2), this::sentinelsNamePrimary);
        await("no failover under way", () -> sentinels.stream().noneMatch(RedisSentinelSet::failsOver));
    }

    private boolean sentinelsNamePrimary() {
        List<RedisNode> primaries = primaries();
        return primaries.size() == 1
                && sentinels.stream()
                        .allMatch(sentinel -> sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME)
                                .endsWith("\n" + primaries.get(0).port()));
    }

    /** Has servers that call themselves primary follow the one that the sentinels name: what these would do in a while. */
    public void demoteReturned() {
        RedisNode primary = primary();
        primaries().stream()
                .filter(server -> server != primary)
                .forEach(server -> server.call("REPLICAOF", "127.0.0.1", Integer.toString(primary.port())));
    }

    /** Returns when a server other than {@code before} takes writes. There must have been none: {@link #awaitCalm}. */
    public RedisNode awaitPromotionFrom(RedisNode before) {
        return Awaitility.await("a promotion")
                .atMost(DEADLINE)
                .pollInterval(POLL)
                .until(
                        () -> primaries().stream()
                                .filter(server -> server != before)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Of the newest vote that made a primary; each vote of the sentinels raises it by one. */
    public long epoch() {
        return sentinels.stream()
                .map(sentinel -> EPOCH.matcher(sentinel.call("SENTINEL", "MASTER", MASTER_NAME)))
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElseThrow();
    }

    /** For quarkus.redis.hosts. */
    public String addresses() {
        return sentinels.stream().map(RedisNode::address).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        sentinels.forEach(RedisNode::close);
        servers.forEach(RedisNode::close);
    }

    private static String[] with(String[] settings, String... more) {
        return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
    }

    private boolean inSync() {
        return primaries().size() == 1
                && servers.stream()
                                .filter(server -> server.call("ROLE").contains("connected"))
                                .count()
                        == REPLICAS;
    }

    private static boolean failsOver(RedisNode sentinel) {
        return sentinel.call("SENTINEL", "MASTER", MASTER_NAME).contains("failover_in_progress");
    }

    private static boolean knowsAll(RedisNode sentinel) {
        return sentinel.call("INFO", "sentinel").contains("slaves=" + REPLICAS + ",sentinels=" + SENTINELS);
    }

    private static void await(String what, Callable<Boolean> condition) {
        await(what, DEADLINE, condition);
    }

    private static void await(String what, Duration deadline, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(deadline).pollInterval(POLL).until(condition);
    }
}
