package io.mainstay.jobtype;

import io.mainstay.handler.HandlerCatalog;
import io.mainstay.job.Bounds;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.LimitReachedException;
import io.mainstay.job.NotFoundException;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.handlers.HandlerSightings;
import io.mainstay.queue.handlers.HandlerSightings.Sighting;
import io.mainstay.rest.job.JobIntake;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What applications ask about handlers. What this instance knows is brought up to date first. Thread-safe; nothing here blocks. */
@Singleton
class Handlers {

    /** Where a page ends: declarations may be large. */
    private static final long PAGE_BYTES = 1L << 20;

    private final HandlerStore store;
    private final DeclaredHandlers declared;
    private final DeclarationReading reading;
    private final HandlerCatalog catalog;
    private final HandlerSightings sightings;
    private final JobIds tokens;

    Handlers(
            HandlerStore store,
            DeclaredHandlers declared,
            DeclarationReading reading,
            HandlerCatalog catalog,
            HandlerSightings sightings,
            JobIds tokens) {
        this.store = store;
        this.declared = declared;
        this.reading = reading;
        this.catalog = catalog;
        this.sightings = sightings;
        this.tokens = tokens;
    }

    /** A handler that was declared. */
    record Stored(HandlerView handler, boolean created) {}

    Uni<Stored> put(HandlerName name, Declaration declaration) {
        // To compile a schema takes time.
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> reading.check(name, declaration))
                .chain(() -> store.put(
                        name,
                        DeclarationText.of(declaration),
                        Optional.ofNullable(declaration.hold()),
                        tokens.nextToken()))
                .invoke(Handlers::check)
                .flatMap(put -> seen(name).map(view -> new Stored(view, put == HandlerStore.Put.CREATED)));
    }

    private static void check(HandlerStore.Put put) {
        if (put == HandlerStore.Put.TOO_MANY || put == HandlerStore.Put.TOO_LARGE) {
            throw new LimitReachedException(
                    "too-many-handlers",
                    409,
                    put == HandlerStore.Put.TOO_MANY
                            ? "there are %d declarations, which is the limit".formatted(HandlerStore.MOST)
                            : "all declarations together would have more than %d bytes, which is the limit"
                                    .formatted(HandlerStore.MOST_BYTES));
        }
    }

    /** @throws NotFoundException (as failure) if nobody knows it */
    Uni<HandlerView> get(HandlerName name) {
        return seen(name);
    }

    Uni<Void> remove(HandlerName name) {
        return store.remove(name, tokens.nextToken()).chain(declared::refresh);
    }

    Uni<HandlerView> hold(HandlerName name) {
        if (name.equals(JobIntake.HTTP)) {
            throw new InvalidValueException(
                    "handler",
                    name,
                    "another handler: failing targets are held back by their circuit breaker, and queues can be paused");
        }
        return store.hold(name, tokens.nextToken()).chain(held -> {
            if (!held) {
                throw new LimitReachedException(
                        "too-many-handlers",
                        409,
                        "%d handlers are held, which is the limit".formatted(HandlerStore.MOST));
            }
            return seen(name);
        });
    }

    /** @throws NotFoundException (as failure) if nobody knows it */
    Uni<HandlerView> resume(HandlerName name) {
        return store.resume(name, tokens.nextToken()).chain(() -> seen(name));
    }

    /**
     * One page, by name.
     *
     * @param after where the page before ended; empty for the first
     * @param visible which of them the caller may see
     */
    Uni<HandlerList> list(Optional<String> after, int limit, Predicate<HandlerView> visible) {
        Bounds.between("limit", limit, 1, PageRequest.MOST);
        after.ifPresent(HandlerName::new);
        return declared.refresh().chain(sightings::all).map(seen -> page(after.orElse(""), limit, visible, seen));
    }

    private HandlerList page(String after, int limit, Predicate<HandlerView> visible, Map<HandlerName, Sighting> seen) {
        TreeSet<String> names = new TreeSet<>();
        List.of(catalog.names(), declared.names(), declared.held().keySet(), seen.keySet())
                .forEach(some -> some.forEach(name -> names.add(name.value())));
        List<HandlerView> page = new ArrayList<>();
        long bytes = 0;
        String last = null;
        for (String name : names.tailSet(after, false)) {
            HandlerView view = view(new HandlerName(name), seen);
            if (!visible.test(view)) {
                continue;
            }
            if (page.size() == limit || bytes > PAGE_BYTES) {
                return new HandlerList(page, last);
            }
            page.add(view);
            last = name;
            bytes += bytes(view);
        }
        return new HandlerList(page, null);
    }

    private static long bytes(HandlerView view) {
        Declaration declaration = view.declaration();
        return declaration == null || declaration.schema() == null
                ? 0
                : declaration.schema().text().getBytes(StandardCharsets.UTF_8).length;
    }

    private Uni<HandlerView> seen(HandlerName name) {
        return declared.refresh().chain(sightings::all).map(seen -> {
            HandlerView view = view(name, seen);
            if (view.sources().isEmpty() && view.hold() == null) {
                throw NotFoundException.handler(name);
            }
            return view;
        });
    }

    private HandlerView view(HandlerName name, Map<HandlerName, Sighting> seen) {
        Declaration declaration = declared.declaration(name);
        Sighting sighting = seen.get(name);
        Set<HandlerSource> sources = EnumSet.noneOf(HandlerSource.class);
        if (catalog.knows(name)) {
            sources.add(HandlerSource.IN_PROCESS);
        }
        if (sighting != null && sighting.announced()) {
            sources.add(HandlerSource.ANNOUNCED);
        }
        if (declaration != null) {
            sources.add(HandlerSource.DECLARED);
        }
        return new HandlerView(
                name, sources, sighting, declaration, declared.held().get(name));
    }
}
