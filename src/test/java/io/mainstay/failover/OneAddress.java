package io.mainstay.failover;

import io.mainstay.process.RedisNode;
import io.mainstay.redis.FaultyProxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A primary and its replica behind one address, as managed caches are; a proxy stands between them and the service. */
class OneAddress extends Site {

    private final RedisNode first;
    private final RedisNode second;
    private final FaultyProxy proxy;
    private final ToIntFunction<RedisNode> entrance;
    private volatile RedisNode primary;

    OneAddress(int services, Map<String, String> config, String... settings) {
        this(RedisNode.start(settings), first -> RedisNode.start(replicaOf(first)), RedisNode::port);
        startServices(services, config);
    }

    /**
     * Without services yet.
     *
     * @param replica makes one of the first node
     * @param entrance port by which the proxy gets to a node
     */
    OneAddress(RedisNode first, UnaryOperator<RedisNode> replica, ToIntFunction<RedisNode> entrance) {
        this.first = first.awaitUp();
        this.second = replica.apply(first).awaitUp();
        this.entrance = entrance;
        primary = first;
        awaitReplicaInSync();
        proxy = new FaultyProxy(entrance.applyAsInt(first));
    }

    static String replicaOf(RedisNode node) {
        return "replicaof 127.0.0.1 " + node.port();
    }

    FaultyProxy proxy() {
        return proxy;
    }

    RedisNode primary() {
        return primary;
    }

    /**
     * Has the roles swapped without loss: old connections stay open and with the node they were to, which is the replica
     * now; new ones get to the new primary.
     */
    void swapRoles() {
        RedisNode next = replica();
        RedisNode before = primary;
        // Refused while the replica is not in sync, after a restart for one.
        Awaitility.await("hand-over begun").atMost(Lab.LONG_ENOUGH).until(() -> handsOver(before, next));
        proxy.leadTo(entrance.applyAsInt(next));
        // Redis gives up a hand-over whose replica lost its link meanwhile: begun again until it succeeds.
        Awaitility.await("new primary")
                .atMost(Lab.LONG_ENOUGH)
                .until(() -> isPrimary(next) || handsOver(before, next) && isPrimary(next));
        primary = next;
    }

    private static boolean handsOver(RedisNode from, RedisNode to) {
        return from.call("FAILOVER", "TO", "127.0.0.1", Integer.toString(to.port()), "TIMEOUT", "5000")
                .equals("OK");
    }

    private static boolean isPrimary(RedisNode node) {
        return node.call("ROLE").startsWith("master");
    }

    /**
     * Has the primary die and its replica take over with what it has; the old primary comes back as its replica.
     *
     * @return when the new one could answer
     */
    Instant losePrimary() {
        RedisNode lost = primary;
        RedisNode next = replica();
        // Or what the replica does not have yet is gone for good, acknowledged or not: two faults at once.
        awaitReplicaInSync();
        lost.kill();
        next.call("REPLICAOF", "NO", "ONE");
        primary = next;
        proxy.leadTo(entrance.applyAsInt(next));
        Instant answerable = Instant.now();
        lost.restart();
        lost.awaitUp();
        lost.call("REPLICAOF", "127.0.0.1", Integer.toString(next.port()));
        return answerable;
    }

    /** Has both servers keep their roles when they are started again. */
    void rememberRoles() {
        awaitReplicaInSync();
        nodes().forEach(node -> node.call("CONFIG", "REWRITE"));
    }

    final void awaitReplicaInSync() {
        Awaitility.await("replica in sync")
                .atMost(Lab.LONG_ENOUGH)
                .until(() -> replica().call("ROLE").contains("connected"));
    }

    final RedisNode replica() {
        return primary == first ? second : first;
    }

    /** A subscription lives on with what is a replica now when roles are swapped, and an outage of the primary spares it. */
    @Override
    void settle() {
        replica().call("CLIENT", "KILL", "TYPE", "pubsub");
        Awaitility.await("every subscription is with the primary")
                .atMost(Lab.LONG_ENOUGH)
                .until(() -> subscribersOf(primary).count() >= services().size());
    }

    @Override
    List<RedisNode> nodes() {
        return List.of(first, second);
    }

    @Override
    RedisNode primaryOf(String queue) {
        return primary;
    }

    @Override
    String address() {
        return proxy.address();
    }

    @Override
    void closeRedis() {
        proxy.close();
        second.close();
        first.close();
    }
}
