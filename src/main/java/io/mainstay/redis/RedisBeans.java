package io.mainstay.redis;

import io.mainstay.audit.AuditStore;
import io.mainstay.auth.key.ApiKeyStore;
import io.mainstay.due.DueStore;
import io.mainstay.events.ChangeFeed;
import io.mainstay.flow.FlowJobs;
import io.mainstay.flow.FlowStore;
import io.mainstay.health.StoreFitness;
import io.mainstay.hook.HookStore;
import io.mainstay.hook.NoticeStore;
import io.mainstay.jobtype.HandlerStore;
import io.mainstay.lease.SecretStore;
import io.mainstay.lease.callback.CallbackStore;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.settings.SettingVersions;
import io.mainstay.queue.waiting.EndNotices;
import io.mainstay.redis.settings.RedisSettingVersions;
import io.mainstay.schedule.ScheduleStore;
import io.mainstay.schedule.ScheduleStores;
import io.mainstay.stores.second.TwoCallbackStores;
import io.mainstay.stores.second.TwoChangeFeeds;
import io.mainstay.stores.second.TwoDueStores;
import io.mainstay.stores.second.TwoEndNotices;
import io.mainstay.stores.second.TwoFlowJobs;
import io.mainstay.stores.second.TwoLeaseStores;
import io.mainstay.stores.second.TwoNoticeStores;
import io.mainstay.stores.second.TwoSecretStores;
import io.mainstay.stores.second.TwoStoreClocks;
import io.mainstay.stores.second.TwoWakeUps;
import io.mainstay.workers.WorkerStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes of the parts of the store, or of both of them, what features ask for. */
@Dependent
class RedisBeans {

    @Produces
    @Singleton
    LeaseStore leases(StorePair pair) {
        return pair.together(store -> store.stores().leases(), TwoLeaseStores::new);
    }

    @Produces
    @Singleton
    CallbackStore callbacks(StorePair pair) {
        return pair.together(store -> store.callbacks(), TwoCallbackStores::new);
    }

    @Produces
    @Singleton
    StoreClock clock(StorePair pair) {
        return pair.together(store -> store.stores().clock(), TwoStoreClocks::new);
    }

    @Produces
    @Singleton
    SecretStore secrets(StorePair pair) {
        SecretStore ofFirst = pair.first().secrets();
        return pair.second()
                .<SecretStore>map(second -> new TwoSecretStores(ofFirst, second.secrets()))
                .orElse(ofFirst);
    }

    @Produces
    @Singleton
    ScheduleStore schedules(RedisStore store) {
        return store.stores().schedules();
    }

    @Produces
    @Singleton
    ScheduleStores schedulesOfBoth(StorePair pair) {
        return new ScheduleStores(
                pair.first().stores().schedules(),
                pair.second().map(second -> second.stores().schedules()));
    }

    @Produces
    @Singleton
    FlowStore flows(RedisStore store) {
        return store.stores().flows();
    }

    @Produces
    @Singleton
    FlowJobs flowJobs(StorePair pair) {
        return pair.together(store -> store.stores().flowJobs(), TwoFlowJobs::new);
    }

    @Produces
    @Singleton
    Announcements announcements(RedisStore store) {
        return store.announcements();
    }

    @Produces
    @Singleton
    WorkerStore workers(RedisStore store) {
        return store.workers();
    }

    @Produces
    @Singleton
    SettingVersions versions(RedisStore store) {
        return new RedisSettingVersions(store.calls());
    }

    @Produces
    @Singleton
    DueStore due(StorePair pair) {
        return pair.together(store -> store.stores().due(), TwoDueStores::new);
    }

    @Produces
    @Singleton
    ApiKeyStore apiKeys(RedisStore store) {
        return store.apiKeys();
    }

    @Produces
    @Singleton
    HandlerStore handlers(RedisStore store) {
        return store.handlers();
    }

    @Produces
    @Singleton
    HookStore hooks(RedisStore store) {
        return store.hooks();
    }

    @Produces
    @Singleton
    NoticeStore notices(StorePair pair) {
        return pair.together(RedisStore::notices, TwoNoticeStores::new);
    }

    @Produces
    @Singleton
    AuditStore audit(RedisStore store) {
        return store.audit();
    }

    @Produces
    @Singleton
    WakeUps wakeUps(StorePair pair) {
        int buckets = pair.first().stores().due().buckets();
        return pair.together(RedisStore::wakeUps, (first, second) -> new TwoWakeUps(first, second, buckets));
    }

    @Produces
    @Singleton
    ChangeFeed changes(StorePair pair) {
        WakeUps ofFirst = pair.first().wakeUps();
        return pair.together(RedisStore::changes, (first, second) -> new TwoChangeFeeds(first, second, ofFirst::live));
    }

    @Produces
    @Singleton
    EndNotices ends(StorePair pair) {
        return pair.together(store -> store.ends(), TwoEndNotices::new);
    }

    @Produces
    @Singleton
    StoreFitness fitness(RedisStore store) {
        return store.fitness();
    }
}
