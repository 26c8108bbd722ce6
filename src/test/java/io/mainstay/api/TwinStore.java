package io.mainstay.api;

import io.mainstay.handler.HandlerCatalog;
import io.mainstay.job.HandlerName;
import io.mainstay.queue.InMemoryJobStore;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/** Stands in for a store and a catalog where the application has none of its own. */
@Dependent
class TwinStore {

    @Produces
    @Singleton
    @DefaultBean
    InMemoryJobStore store() {
        return new InMemoryJobStore(Clock.systemUTC());
    }

    @Produces
    @Singleton
    @DefaultBean
    HandlerCatalog catalog() {
        return new HandlerCatalog() {

            private final Set<HandlerName> names =
                    Set.of(new HandlerName("api-test"), new HandlerName("api-faulty"), new HandlerName("http"));

            @Override
            public boolean knows(HandlerName name) {
                return names.contains(name);
            }

            @Override
            public Set<HandlerName> names() {
                return names;
            }
        };
    }
}
