package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.handlers.DeclaredHandler;
import io.mainstay.queue.handlers.HandlerDeclarations;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * What this instance knows of what is declared, and of what is held: all of it, read again where something has changed. So no
 * request and no claim waits for it. While the store does not answer, what is known counts. Thread-safe.
 */
@Singleton
class DeclaredHandlers implements HandlerDeclarations {

    private static final Known NOTHING = new Known(0, HandlerStore.NO_VERSION, Map.of(), Map.of());

    private final HandlerStore store;
    private final DeclarationReading reading;
    private final AtomicLong asked = new AtomicLong();
    private volatile Known known = NOTHING;
    private volatile BiConsumer<Map<HandlerName, Hold>, Map<HandlerName, Hold>> listener = (before, after) -> {};

    /**
     * @param order of the question that it answers: a later one may have been answered before
     * @param declared those that can be read
     */
    private record Known(
            long order, String version, Map<HandlerName, KnownDeclaration> declared, Map<HandlerName, Hold> held) {}

    DeclaredHandlers(HandlerStore store, DeclarationReading reading) {
        this.store = store;
        this.reading = reading;
    }

    /** Tells of handlers that were held before and are now, whenever that has changed. */
    void onHolds(BiConsumer<Map<HandlerName, Hold>, Map<HandlerName, Hold>> task) {
        listener = task;
    }

    @Override
    public DeclaredHandler of(HandlerName handler) {
        Map<HandlerName, KnownDeclaration> declared = known.declared;
        if (declared.isEmpty()) {
            return DeclaredHandler.NOTHING;
        }
        KnownDeclaration found = declared.get(handler);
        return found == null ? DeclaredHandler.NOTHING : found.asJobsSeeIt();
    }

    /** Those of which something is declared. */
    Set<HandlerName> names() {
        return known.declared.keySet();
    }

    /** Null if nothing is declared of it. */
    Declaration declaration(HandlerName handler) {
        KnownDeclaration found = known.declared.get(handler);
        return found == null ? null : found.declaration();
    }

    /** When it is held; null if never. */
    HoldPolicy policy(HandlerName handler) {
        Map<HandlerName, KnownDeclaration> declared = known.declared;
        KnownDeclaration found = declared.isEmpty() ? null : declared.get(handler);
        return found == null ? null : found.declaration().hold();
    }

    /** Whether the store has answered once. */
    boolean read() {
        return known != NOTHING;
    }

    String version() {
        return known.version;
    }

    Map<HandlerName, Hold> held() {
        return known.held;
    }

    /** Asks whether something has changed, and what there is if so. Fails if the store does not answer. */
    Uni<Void> refresh() {
        Known before = known;
        long order = asked.incrementAndGet();
        return store.overview(before.version)
                .flatMap(seen -> seen.version().equals(before.version)
                        ? Uni.createFrom().voidItem()
                        : read(before, seen, order));
    }

    private Uni<Void> read(Known before, HandlerStore.Overview seen, long order) {
        Map<HandlerName, KnownDeclaration> declared = new HashMap<>();
        List<HandlerName> missing = new ArrayList<>();
        seen.revisions().forEach((handler, revision) -> {
            KnownDeclaration same = before.declared.get(handler);
            if (same != null && same.revision().equals(revision)) {
                declared.put(handler, same);
            } else {
                missing.add(handler);
            }
        });
        return read(missing, seen, declared)
                .invoke(done -> know(new Known(order, seen.version(), Map.copyOf(declared), seen.held())));
    }

    /** Some at a time. Should one change meanwhile, the version says so next time. */
    private Uni<Void> read(
            List<HandlerName> missing, HandlerStore.Overview seen, Map<HandlerName, KnownDeclaration> declared) {
        if (missing.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<HandlerName> asked = missing.subList(0, Math.min(missing.size(), HandlerStore.AT_ONCE));
        return store.texts(asked)
                // To compile schemas takes time.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(texts -> {
                    texts.texts().forEach((handler, text) -> Optional.ofNullable(
                                    reading.read(handler, text, seen.revisions().get(handler)))
                            .ifPresent(each -> declared.put(handler, each)));
                    return read(missing.subList(texts.looked(), missing.size()), seen, declared);
                });
    }

    private void know(Known now) {
        Map<HandlerName, Hold> before;
        synchronized (this) {
            if (now.order < known.order) {
                return;
            }
            before = known.held;
            known = now;
        }
        if (!before.equals(now.held)) {
            listener.accept(before, now.held);
        }
    }
}
