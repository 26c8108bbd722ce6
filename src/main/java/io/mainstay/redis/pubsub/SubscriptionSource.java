package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.Connector;
import io.mainstay.redis.connection.EventLoop;
import io.mainstay.redis.connection.Topology;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;

/**
 * Makes the connections that subscriptions own. The node's role is not asked for: a replica passes on what its primary
 * publishes, and should it do so no longer, the canary tells.
 */
public final class SubscriptionSource {

    private final Topology topology;
    private final Connector connector;

    public SubscriptionSource(Topology topology, Connector connector) {
        this.topology = topology;
        this.connector = connector;
    }

    /** A new one each time, to where a subscription belongs now, on the given event loop. */
    Future<RedisConnection> connect(EventLoop loop) {
        return topology.forSubscription()
                .compose(node -> connector.connect(loop, node).map(connection -> connection));
    }
}
