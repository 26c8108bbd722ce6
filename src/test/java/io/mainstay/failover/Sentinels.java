package io.mainstay.failover;

import io.mainstay.process.RedisNode;
import io.mainstay.process.RedisSentinelSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A primary and two replicas under three sentinels. */
final class Sentinels extends Site {

    private final RedisSentinelSet redis = new RedisSentinelSet();
    private RedisNode promoted;

    Sentinels(int services) {
        startServices(
                services,
                Map.of(
                        "quarkus.redis.client-type",
                        "sentinel",
                        "quarkus.redis.master-name",
                        RedisSentinelSet.MASTER_NAME));
    }

    RedisSentinelSet redis() {
        return redis;
    }

    /**
     * Waits until another than {@code before} takes writes, which is the primary from here on, although the old one may
     * go on taking writes for a while and sentinels go on naming it.
     */
    Instant awaitPromotionFrom(RedisNode before) {
        promoted = redis.awaitPromotionFrom(before);
        return Instant.now();
    }

    @Override
    List<RedisNode> nodes() {
        return Stream.concat(Stream.of(redis.primary()), redis.replicas().stream())
                .toList();
    }

    @Override
    RedisNode primaryOf(String queue) {
        return promoted == null ? redis.primary() : promoted;
    }

    /** A primary that was killed and came back takes writes for some 8 s, until the sentinels tell it not to. */
    @Override
    void settle() {
        redis.demoteReturned();
    }

    @Override
    String address() {
        return redis.addresses();
    }

    @Override
    void closeRedis() {
        redis.close();
    }
}
