package io.mainstay.redis.topology;

import io.mainstay.redis.connection.LinkLostException;
import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.Shard;
import io.vertx.redis.client.Response;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who serves which slot, as one node of a cluster told it. Immutable. */
final class SlotMap {

    /** What is known before anybody was asked. */
    static final SlotMap NONE = new SlotMap(null);

    private final Node toldBy;
    private final Shard[] shards = new Shard[Slots.COUNT];
    private final Set<Shard> all = new HashSet<>();
    private final Set<Node> nodes = new LinkedHashSet<>();

    private SlotMap(Node toldBy) {
        this.toldBy = toldBy;
    }

    /**
     * Reads the answer to CLUSTER SLOTS.
     *
     * @throws LinkLostException if no slot is served, as far as the node knows: it is not, or no longer, in the cluster
     */
    static SlotMap read(Response ranges, Node toldBy) {
        SlotMap map = new SlotMap(toldBy);
        for (Response range : ranges) {
            Shard shard = Shard.of(node(range.get(2), toldBy));
            map.all.add(shard);
            for (int slot = range.get(0).toInteger(); slot <= range.get(1).toInteger(); slot++) {
                map.shards[slot] = shard;
            }
            for (int i = 2; i < range.size(); i++) {
                map.nodes.add(node(range.get(i), toldBy));
            }
        }
        if (map.all.isEmpty()) {
            throw new LinkLostException(toldBy + " knows of no slot that is served", null);
        }
        return map;
    }

    /** Whoever serves the slot; {@link Shard#ANY} if nobody is known to. */
    Shard shard(int slot) {
        return shards[slot] == null ? Shard.ANY : shards[slot];
    }

    Set<Shard> shards() {
        return all;
    }

    List<Node> primaries() {
        return all.stream().flatMap(shard -> shard.primary().stream()).toList();
    }

    /** Primaries and replicas. */
    Set<Node> nodes() {
        return nodes;
    }

    /** A node that answers. */
    Node toldBy() {
        return toldBy;
    }

    /** A node that does not know its own address leaves it out: it is the one we reached it by. */
    private static Node node(Response entry, Node toldBy) {
        String host = entry.get(0) == null ? "" : entry.get(0).toString();
        return new Node(
                host.isEmpty() || "?".equals(host) ? toldBy.host() : host,
                entry.get(1).toInteger());
    }
}
