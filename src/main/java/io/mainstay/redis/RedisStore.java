package io.mainstay.redis;

import io.mainstay.audit.AuditStore;
import io.mainstay.auth.key.ApiKeyStore;
import io.mainstay.events.ChangeFeed;
import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.StoreFitness;
import io.mainstay.hook.HookStore;
import io.mainstay.hook.NoticeStore;
import io.mainstay.job.JobIds;
import io.mainstay.jobtype.HandlerStore;
import io.mainstay.lease.callback.CallbackStore;
import io.mainstay.maintenance.IdsConfig;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.PolicyStore;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.waiting.EndNotices;
import io.mainstay.redis.apikey.RedisApiKeyStore;
import io.mainstay.redis.audit.RedisAuditStore;
import io.mainstay.redis.check.Inspector;
import io.mainstay.redis.check.SchemaCheck;
import io.mainstay.redis.check.SettingsCheck;
import io.mainstay.redis.connection.ClientOptions;
import io.mainstay.redis.connection.Connector;
import io.mainstay.redis.connection.LinkLimits;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.StoreGate;
import io.mainstay.redis.connection.StoreName;
import io.mainstay.redis.connection.Topology;
import io.mainstay.redis.hook.RedisHookStore;
import io.mainstay.redis.hook.RedisNoticeStore;
import io.mainstay.redis.jobtype.RedisHandlerStore;
import io.mainstay.redis.lease.RedisCallbackStore;
import io.mainstay.redis.lease.RedisSecretStore;
import io.mainstay.redis.policy.RedisPlaceStore;
import io.mainstay.redis.policy.RedisPolicyStore;
import io.mainstay.redis.pubsub.LinkLosses;
import io.mainstay.redis.pubsub.PubSubTransport;
import io.mainstay.redis.pubsub.RedisChangeFeed;
import io.mainstay.redis.pubsub.RedisEndNotices;
import io.mainstay.redis.pubsub.RedisWakeUps;
import io.mainstay.redis.pubsub.Subscriptions;
import io.mainstay.redis.pubsub.WakeUpConfig;
import io.mainstay.redis.store.DurabilityConfig;
import io.mainstay.redis.store.RedisStores;
import io.mainstay.redis.topology.Topologies;
import io.mainstay.redis.workers.RedisAnnouncements;
import io.mainstay.redis.workers.RedisWorkerStore;
import io.mainstay.workers.WorkerStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One Redis and all there is to work with it: links, what is stored, wake-ups, checks. Shares nothing with another one but
 * Vert.x. Nothing goes to Redis before {@link #start} and after {@link #close}; both return at once.
 */
final class RedisStore implements AutoCloseable {

    private final Topology topology;
    private final RedisLinks links;
    private final RedisCalls calls;
    private final StoreGate gate;
    private final RedisStores stores;
    private final ApiKeyStore apiKeys;
    private final HandlerStore handlers;
    private final HookStore hooks;
    private final NoticeStore notices;
    private final AuditStore audit;
    private final CallbackStore callbacks;
    private final RedisSecretStore secrets;
    private final Announcements announcements;
    private final WorkerStore workers;
    private final PolicyStore policies;
    private final PlaceStore places;
    private final RedisWakeUps wakeUps;
    private final RedisChangeFeed changes;
    private final RedisEndNotices ends;
    private final Inspector inspector;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What it is configured with, but for where it is. The lease is {@code mainstay.lease.duration}. */
    record Settings(
            RedisConfig redis,
            DurabilityConfig durability,
            WakeUpConfig wakeUps,
            JobsConfig jobs,
            IdsConfig ids,
            Duration lease) {

        Settings {
            RedisConfig.check(redis);
            DurabilityConfig.check(durability);
            WakeUpConfig.check(wakeUps);
        }
    }

    /** @param observers of its links and its subscription */
    RedisStore(
            StoreName name,
            Vertx vertx,
            ClientOptions client,
            Settings settings,
            JobIds ids,
            List<ConnectionObserver> observers) {
        gate = new StoreGate(name, observers);
        RedisConfig redis = settings.redis();
        List<ConnectionObserver> all = new ArrayList<>(observers);
        all.add(gate);
        LinkLosses losses = new LinkLosses();
        all.add(losses);
        Connector connector = new Connector(name, client, redis);
        topology = Topologies.of(vertx, client.get(), connector, redis);
        links = new RedisLinks(name, vertx, topology, connector, new LinkLimits(redis, settings.lease()), all);
        calls = new RedisCalls(name, links, gate, redis);
        stores = new RedisStores(
                calls,
                links,
                ids,
                new RedisStores.Settings(redis, settings.durability(), settings.jobs(), settings.ids()));
        apiKeys = new RedisApiKeyStore(calls);
        handlers = new RedisHandlerStore(calls);
        hooks = new RedisHookStore(calls);
        notices = new RedisNoticeStore(calls);
        audit = new RedisAuditStore(calls);
        callbacks = new RedisCallbackStore(calls);
        secrets = new RedisSecretStore(calls);
        announcements = new RedisAnnouncements(calls);
        workers = new RedisWorkerStore(calls);
        policies = new RedisPolicyStore(calls);
        places = new RedisPlaceStore(calls);
        PubSubTransport transport = new PubSubTransport(topology, connector, links, calls);
        Subscriptions subscriptions = new Subscriptions(name, vertx, transport, settings.wakeUps(), ids);
        wakeUps = new RedisWakeUps(subscriptions, all);
        losses.tell(wakeUps::doubt);
        changes = new RedisChangeFeed(vertx, subscriptions, calls, wakeUps);
        ends = new RedisEndNotices(calls, wakeUps);
        SettingsCheck check = new SettingsCheck(redis, settings.jobs(), settings.durability());
        inspector = new Inspector(name, vertx, links, gate, check, new SchemaCheck());
    }

    /** To be called once. */
    void start() {
        links.start();
        inspector.start();
        wakeUps.start();
    }

    /** Ends all connections; calls fail from then on. May be called again. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Before what they depend on, so that its end is no event.
            changes.close();
            wakeUps.close();
            inspector.close();
            links.close();
            topology.close();
        }
    }

    RedisStores stores() {
        return stores;
    }

    ApiKeyStore apiKeys() {
        return apiKeys;
    }

    HandlerStore handlers() {
        return handlers;
    }

    HookStore hooks() {
        return hooks;
    }

    NoticeStore notices() {
        return notices;
    }

    AuditStore audit() {
        return audit;
    }

    Announcements announcements() {
        return announcements;
    }

    WorkerStore workers() {
        return workers;
    }

    PolicyStore policies() {
        return policies;
    }

    PlaceStore places() {
        return places;
    }

    CallbackStore callbacks() {
        return callbacks;
    }

    RedisSecretStore secrets() {
        return secrets;
    }

    WakeUps wakeUps() {
        return wakeUps;
    }

    ChangeFeed changes() {
        return changes;
    }

    EndNotices ends() {
        return ends;
    }

    StoreFitness fitness() {
        return gate;
    }

    RedisCalls calls() {
        return calls;
    }

    Recyclable links() {
        return links;
    }

    Recyclable subscription() {
        return wakeUps;
    }
}
