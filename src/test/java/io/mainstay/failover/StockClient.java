package io.mainstay.failover;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an application gets that uses Quarkus' Redis client as it comes: its data source on one pool with the defaults
 * of {@code quarkus.redis.*}, one subscription through {@code pubsub()}, commands through {@code key()}.
 */
final class StockClient implements AutoCloseable {

    static final String CHANNEL = "stock";

    private static final int POOL = 6;
    private static final int POOL_QUEUE = 24;
    private static final Duration POOL_CLEANER = Duration.ofSeconds(30);
    private static final Duration POOL_RECYCLE = Duration.ofMinutes(3);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final ReactiveRedisDataSource source;
    private final AtomicReference<Instant> lastMessage = new AtomicReference<>(Instant.EPOCH);
    private final Cancellable subscription;

    StockClient(String address) {
        redis = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(address)
                        .setMaxPoolSize(POOL)
                        .setMaxPoolWaiting(POOL_QUEUE)
                        .setPoolCleanerInterval((int) POOL_CLEANER.toMillis())
                        .setPoolRecycleTimeout((int) POOL_RECYCLE.toMillis()));
        source = new ReactiveRedisDataSourceImpl(vertx, redis, RedisAPI.api(redis));
        subscription = source.pubsub(String.class)
                .subscribe(CHANNEL)
                .subscribe()
                .with(message -> lastMessage.set(Instant.now()), failure -> {}, () -> {});
    }

    /** When the latest message came, long ago if none did. */
    Instant lastMessage() {
        return lastMessage.get();
    }

    /** Sends one command; whether it was answered within the client's time-out. */
    boolean commandWorks() {
        try {
            source.key().exists("nothing").await().atMost(COMMAND_TIMEOUT);
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
