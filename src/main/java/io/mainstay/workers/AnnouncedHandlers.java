package io.mainstay.workers;

import io.mainstay.handler.KnownHandlers;
import io.mainstay.job.HandlerName;
import io.mainstay.queue.lookup.Lookups;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Handlers that workers announced, here or elsewhere: all of them, read again when one is new or goes. Thread-safe. */
@Singleton
class AnnouncedHandlers implements KnownHandlers {

    private final Lookups<HandlerName> lookups;
    private volatile Set<HandlerName> names = Set.of();

    @Inject
    AnnouncedHandlers(WorkerStore store) {
        this(store, System::nanoTime);
    }

    AnnouncedHandlers(WorkerStore store, LongSupplier nanos) {
        lookups = new Lookups<>(
                name -> {
                    HandlerName handler = new HandlerName(name);
                    return store.knows(handler).map(known -> known ? Optional.of(handler) : Optional.empty());
                },
                nanos);
    }

    @Override
    public boolean knows(HandlerName name) {
        return names.contains(name) || lookups.found(name.value()).isPresent();
    }

    @Override
    public Set<HandlerName> names() {
        return names;
    }

    @Override
    public Uni<Boolean> lookUp(HandlerName name) {
        return lookups.lookUp(name.value()).map(Optional::isPresent);
    }

    void set(Set<HandlerName> all) {
        names = Set.copyOf(all);
        lookups.forgetFound(all.stream().map(HandlerName::value).collect(Collectors.toSet()));
    }
}
