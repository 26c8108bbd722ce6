package io.mainstay.redis.pubsub;

import io.mainstay.job.JobIds;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Vertx;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Makes the supervised subscriptions of a store. */
public final class Subscriptions {

    private final StoreName store;
    private final Vertx vertx;
    private final PubSubTransport transport;
    private final WakeUpConfig config;
    private final JobIds ids;

    public Subscriptions(StoreName store, Vertx vertx, PubSubTransport transport, WakeUpConfig config, JobIds ids) {
        this.store = store;
        this.vertx = vertx;
        this.transport = transport;
        this.config = config;
        this.ids = ids;
    }

    /**
     * On an event loop of its own; to be started.
     *
     * @param plan made for the store and a token that nobody else has
     */
    SubscriptionSupervisor supervise(
            BiFunction<StoreName, String, SubscriptionPlan> plan, SubscriptionListener listener) {
        return new SubscriptionSupervisor(
                VertxInternals.newEventLoop(vertx),
                config,
                new SubscribePolicy(store, config.subscribeTimeout()),
                plan.apply(store, ids.nextToken()),
                transport,
                listener);
    }

    /**
     * Listens to the channel of a supervised subscription at each shard of a cluster, too, on the same event loop; to be started. Of anything else it
     * does nothing.
     *
     * @param told gets what comes from the node of a shard
     */
    ShardListeners atEachShard(SubscriptionSupervisor supervised, String channel, BiConsumer<Shard, String> told) {
        return new ShardListeners(supervised.loop(), transport, channel, told);
    }

    /** Whether there may be several shards. */
    boolean clustered() {
        return transport.clustered();
    }

    Shard shardOf(String key) {
        return transport.shardOf(key);
    }
}
