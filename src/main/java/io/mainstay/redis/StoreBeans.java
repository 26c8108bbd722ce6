package io.mainstay.redis;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.WatchedStore;
import io.mainstay.job.JobIds;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.Recyclable;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.pubsub.WakeUpConfig;
import io.mainstay.redis.store.DurabilityConfig;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the store, or both of them, and ends them. */
@Dependent
class StoreBeans {

    @Produces
    @Singleton
    RedisStore.Settings settings(
            RedisConfig redis,
            DurabilityConfig durability,
            WakeUpConfig wakeUps,
            JobsConfig jobs,
            IdsConfig ids,
            @ConfigProperty(name = "mainstay.lease.duration") Duration lease) {
        return new RedisStore.Settings(redis, durability, wakeUps, jobs, ids, lease);
    }

    @Produces
    @Singleton
    @Startup
    StorePair pair(
            Vertx vertx,
            QuarkusRedisOptions client,
            SecondRedisOptions secondClient,
            RedisStore.Settings settings,
            JobIds ids,
            @All List<ConnectionObserver> observers) {
        Optional<ClientOptions> elsewhere = secondClient.get(client.get().get());
        List<ConnectionObserver> ofSecond = elsewhere.isEmpty()
                ? List.of()
                : observers.stream()
                        .map(each -> each.ofStore(StoreName.SECOND.label()))
                        .toList();
        StorePair pair = new StorePair(
                new RedisStore(StoreName.FIRST, vertx, client.get(), settings, ids, observers),
                elsewhere.map(second -> new RedisStore(StoreName.SECOND, vertx, second, settings, ids, ofSecond)));
        pair.start();
        return pair;
    }

    /** After everybody who still has something to say, and before anything is torn down. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event, StorePair pair) {
        pair.close();
    }

    void close(@Disposes StorePair pair) {
        pair.close();
    }

    @Produces
    @Singleton
    RedisStore first(StorePair pair) {
        return pair.first();
    }

    @Produces
    @Singleton
    WatchedStore.All otherStores(StorePair pair) {
        return new WatchedStore.All(
                pair.second().map(StoreBeans::watched).stream().toList());
    }

    private static WatchedStore watched(RedisStore second) {
        return new WatchedStore(
                StoreName.SECOND.label(),
                second.stores().jobs(),
                second.stores().leases(),
                second.fitness(),
                List.of(second.links(), second.subscription()));
    }

    @Produces
    @Singleton
    Recyclable links(StorePair pair) {
        return pair.links();
    }

    @Produces
    @Singleton
    Recyclable subscription(StorePair pair) {
        return pair.subscription();
    }
}
