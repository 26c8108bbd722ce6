package io.mainstay.redis;

import io.mainstay.queue.LeaseStore;
import io.quarkus.arc.All;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The service's store with the wrappers of tests around it: a decorator does not reach what a producer makes. */
@Dependent
class WrappedStores {

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    LeaseStore leases(RedisStore store, @All List<LeaseStoreWrapper> wrappers) {
        LeaseStore wrapped = store.stores().leases();
        for (LeaseStoreWrapper wrapper : wrappers) {
            wrapped = wrapper.wrap(wrapped);
        }
        return wrapped;
    }
}
