package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.Connector;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.connection.Topology;
import io.mainstay.vertx.EventLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;
import java.util.List;

/**
 * Makes the connections that subscriptions own, and publishes over the command links. The node's role is not asked for: a
 * replica passes on what its primary publishes, and should it do so no longer, the canary tells.
 */
public final class PubSubTransport {

    private final Topology topology;
    private final Connector connector;
    private final RedisLinks links;
    private final RedisCalls calls;

    public PubSubTransport(Topology topology, Connector connector, RedisLinks links, RedisCalls calls) {
        this.topology = topology;
        this.connector = connector;
        this.links = links;
        this.calls = calls;
    }

    /** A new one each time, to where a subscription belongs now, on the given event loop. */
    Future<RedisConnection> connect(EventLoop loop) {
        return topology.forSubscription()
                .compose(node -> connector.connect(loop, node).map(connection -> connection));
    }

    /** The same to the node that takes messages about a shard's keys. */
    Future<RedisConnection> connect(EventLoop loop, Shard shard) {
        return topology.where(shard)
                .compose(node -> connector.connect(loop, node).map(connection -> connection));
    }

    /** Whether messages come over a bus between nodes. */
    boolean clustered() {
        return topology.clustered();
    }

    /** Each by itself takes messages. */
    List<Shard> shards() {
        return links.shards();
    }

    Shard shardOf(String key) {
        return links.shardOf(key);
    }

    /** The item says that Redis took it. */
    Uni<?> publish(Shard by, String channel, String text) {
        return calls.publish(by, channel, text);
    }
}
