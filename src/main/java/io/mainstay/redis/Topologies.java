package io.mainstay.redis;

import io.mainstay.job.InvalidValueException;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.RedisOptions;

/** Chooses the topology by {@code quarkus.redis.client-type}. */
final class Topologies {

    private Topologies() {}

    /** To be closed. */
    static Topology of(Vertx vertx, RedisOptions options, Connector connector, RedisConfig config) {
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
        Inquiry inquiry = new Inquiry(context, connector, config);
        return switch (options.getType()) {
            case STANDALONE ->
                new StandaloneTopology(Address.of(options.getEndpoint()).node());
            case SENTINEL ->
                new SentinelTopology(
                        context,
                        options.getEndpoints().stream().map(Address::of).toList(),
                        options.getMasterName(),
                        inquiry);
            case CLUSTER ->
                new ClusterTopology(
                        context,
                        options.getEndpoints().stream()
                                .map(Address::of)
                                .map(Address::node)
                                .toList(),
                        inquiry);
            default ->
                throw new InvalidValueException(
                        "quarkus.redis.client-type", options.getType(), "standalone, sentinel or cluster");
        };
    }
}
