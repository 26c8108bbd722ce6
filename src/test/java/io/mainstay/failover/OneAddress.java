package io.mainstay.failover;

import io.mainstay.process.RedisNode;
import io.mainstay.redis.FaultyProxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A primary and its replica behind one address, as managed caches are; a proxy stands between them and the service. */
class OneAddress extends Site {

    private final RedisNode first;
    private final RedisNode second;
    private final FaultyProxy proxy;
    private RedisNode primary;

    OneAddress(int services, Map<String, String> config, String... settings) {
        first = RedisNode.start(settings).awaitUp();
        second = RedisNode.start("replicaof 127.0.0.1 " + first.port()).awaitUp();
        primary = first;
        awaitReplicaInSync();
        proxy = new FaultyProxy(first.port());
        startServices(services, config);
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
        String port = Integer.toString(next.port());
        // Refused while the replica is not in sync, after a restart for one.
        Awaitility.await("hand-over begun").atMost(Lab.LONG_ENOUGH).until(() -> before.call(
                        "FAILOVER", "TO", "127.0.0.1", port, "TIMEOUT", "5000")
                .equals("OK"));
        proxy.leadTo(next.port());
        Awaitility.await("new primary").atMost(Lab.LONG_ENOUGH).until(() -> next.call("ROLE")
                .startsWith("master"));
        primary = next;
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
        proxy.leadTo(next.port());
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

    private void awaitReplicaInSync() {
        Awaitility.await("replica in sync")
                .atMost(Lab.LONG_ENOUGH)
                .until(() -> replica().call("ROLE").contains("connected"));
    }

    private RedisNode replica() {
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
