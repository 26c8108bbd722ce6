package io.mainstay.redis.topology;

import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.connection.Topology;
import io.vertx.core.Future;

/** One address. What is behind it may change; the address does not. */
final class StandaloneTopology implements Topology {

    private final Future<Node> node;

    StandaloneTopology(Node node) {
        this.node = Future.succeededFuture(node);
    }

    @Override
    public void listen(Listener listener) {}

    @Override
    public Shard shardOf(String key) {
        return Shard.ANY;
    }

    @Override
    public Future<Node> where(Shard shard) {
        return node;
    }

    @Override
    public Future<Node> forSubscription() {
        return node;
    }

    @Override
    public void refresh() {}

    @Override
    public boolean clustered() {
        return false;
    }
}
