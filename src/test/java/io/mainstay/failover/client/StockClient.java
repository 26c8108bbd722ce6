package io.mainstay.failover.client;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;

/**
 * What an application gets that uses Quarkus' Redis client as it comes: its data source on one pool with the defaults
 * of {@code quarkus.redis.*}, one subscription through {@code pubsub()}, writes through {@code value()}.
 */
final class StockClient implements ClientUnderTest {

    private static final int POOL = 6;
    private static final int POOL_QUEUE = 24;
    private static final Duration POOL_CLEANER = Duration.ofSeconds(30);
    private static final Duration POOL_RECYCLE = Duration.ofMinutes(3);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final ReactiveRedisDataSource source;
    private final Cancellable subscription;

    StockClient(Deployment deployment, Inbox inbox) {
        redis = Redis.createClient(vertx, options(deployment));
        source = new ReactiveRedisDataSourceImpl(vertx, redis, RedisAPI.api(redis));
        subscription =
                source.pubsub(String.class).subscribe(CHANNEL).subscribe().with(inbox::take, failure -> {}, () -> {});
    }

    private static RedisOptions options(Deployment deployment) {
        RedisOptions options = new RedisOptions()
                .setMaxPoolSize(POOL)
                .setMaxPoolWaiting(POOL_QUEUE)
                .setPoolCleanerInterval((int) POOL_CLEANER.toMillis())
                .setPoolRecycleTimeout((int) POOL_RECYCLE.toMillis());
        deployment.addresses().forEach(options::addConnectionString);
        if (deployment.masterName() != null) {
            options.setType(RedisClientType.SENTINEL).setMasterName(deployment.masterName());
        }
        return options;
    }

    @Override
    public boolean writes() {
        try {
            source.value(String.class)
                    .set("written", "by the stock client")
                    .await()
                    .atMost(COMMAND_TIMEOUT);
            return true;
        } catch (RuntimeException failed) {
            return false;
        }
    }

    @Override
    public void close() {
        subscription.cancel();
        redis.close();
        vertx.closeAndAwait();
    }
}
