package io.mainstay.redis.pubsub;

import io.mainstay.redis.check.MaintenanceNotices;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.store.RedisKeys;
import java.util.List;

/**
 * What a supervised subscription is for.
 *
 * @param what comes through it, for the log
 * @param byShard whether canaries go by each shard; else by whichever there is
 * @param meanwhile what helps, or fails, while it does not, for the log
 * @param channel it is not live without
 * @param canaryChannel the same, of this instance alone
 * @param extras channels that may be refused
 */
record SubscriptionPlan(
        String what, boolean byShard, String meanwhile, String channel, String canaryChannel, List<String> extras) {

    /** @param instance a token that no other process has */
    static SubscriptionPlan ofWakeUps(StoreName store, String instance) {
        return new SubscriptionPlan(
                store.qualify("Wake-ups"),
                true,
                "polling is fast",
                RedisKeys.WAKE_CHANNEL,
                RedisKeys.WAKE_CHANNEL + ":" + instance,
                List.of(MaintenanceNotices.CHANNEL, RedisKeys.EVENTS_WANTED, RedisKeys.WAITS_CHANNEL));
    }

    /** @param listener a token that no other listening has */
    static SubscriptionPlan ofEvents(StoreName store, String listener) {
        return new SubscriptionPlan(
                store.qualify("State changes"),
                false,
                "event streams have gaps",
                RedisKeys.EVENTS_CHANNEL,
                RedisKeys.EVENTS_CHANNEL + ":" + listener,
                List.of());
    }
}
