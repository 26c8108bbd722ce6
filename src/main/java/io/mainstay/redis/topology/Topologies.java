package io.mainstay.redis.topology;

import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.connection.Address;
import io.mainstay.redis.connection.Connector;
import io.mainstay.redis.connection.NodeQuery;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.SentinelQuery;
import io.mainstay.redis.connection.Topology;
import io.mainstay.vertx.EventLoop;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;

/** Chooses the topology by {@code quarkus.redis.client-type}. */
public final class Topologies {

    private Topologies() {}

    /** To be closed. */
    public static Topology of(Vertx vertx, RedisOptions options, Connector connector, RedisConfig config) {
        EventLoop loop = VertxInternals.newEventLoop(vertx);
        NodeQuery query = new NodeQuery(loop, connector, config);
        return switch (options.getType()) {
            case STANDALONE ->
                new StandaloneTopology(Address.of(options.getEndpoint()).node());
            case SENTINEL ->
                new SentinelTopology(
                        loop,
                        options.getEndpoints().stream()
                                .map(Address::of)
                                .map(address -> new SentinelQuery(loop, connector, address, config))
                                .toList(),
                        options.getMasterName(),
                        query,
                        connector.names());
            case CLUSTER ->
                new ClusterTopology(
                        loop,
                        options.getEndpoints().stream()
                                .map(Address::of)
                                .map(Address::node)
                                .toList(),
                        query,
                        connector.names());
            default ->
                throw new InvalidValueException(
                        "quarkus.redis.client-type", options.getType(), "standalone, sentinel or cluster");
        };
    }
}
