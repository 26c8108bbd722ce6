package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which handlers are held, as this instance knows it, and what it may try of them. Some wait besides, for a moment, until the store has
 * said whether they are to be held. While none is, an answer is a look at two fields. Thread-safe.
 */
@Singleton
class Holds implements HeldHandlers {

    private static final Duration LONGEST_UNKNOWN = Duration.ofSeconds(2);

    private final DeclaredHandlers handlers;
    private final LongSupplier nanos;
    private final Set<HandlerName> suspended = ConcurrentHashMap.newKeySet();
    private final Map<HandlerName, Probe> probes = new ConcurrentHashMap<>();
    /** When it began, as {@code nanos} says. */
    private final long since;

    private volatile Runnable whenFree = () -> {};

    @Inject
    Holds(DeclaredHandlers handlers) {
        this(handlers, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    Holds(DeclaredHandlers handlers, LongSupplier nanos) {
        this.handlers = handlers;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    @Override
    public Optional<Hold> hold(HandlerName handler) {
        return Optional.ofNullable(handlers.held().get(handler));
    }

    @Override
    public Set<HandlerName> claimable(Set<HandlerName> wanted) {
        Map<HandlerName, Hold> held = handlers.held();
        if (held.isEmpty() && suspended.isEmpty()) {
            return unknown() ? Set.of() : wanted;
        }
        Set<HandlerName> rest = new HashSet<>(wanted);
        rest.removeAll(held.keySet());
        rest.removeAll(suspended);
        return rest.size() == wanted.size() ? wanted : rest;
    }

    @Override
    public boolean mayClaim(QueueName queue, HandlerName handler) {
        Map<HandlerName, Hold> held = handlers.held();
        if (held.isEmpty() && suspended.isEmpty()) {
            return !unknown();
        }
        Hold hold = held.get(handler);
        if (hold == null) {
            return !suspended.contains(handler);
        }
        return !hold.byHand()
                && probes.computeIfAbsent(handler, name -> new Probe(nanos.getAsLong()))
                        .heardOf(queue);
    }

    @Override
    public Optional<HandlerName> probe(QueueName queue, Set<HandlerName> wanted) {
        if (probes.isEmpty()) {
            return Optional.empty();
        }
        return probes.entrySet().stream()
                .filter(each ->
                        wanted.contains(each.getKey()) && each.getValue().begin(queue))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public void probed(QueueName queue, HandlerName handler, boolean found) {
        Probe probe = probes.get(handler);
        if (probe != null) {
            probe.ended(queue, found);
        }
    }

    /** An instance that has just begun, again and again perhaps, does not know for a moment. The store may not answer, so not for long. */
    private boolean unknown() {
        return !handlers.read() && nanos.getAsLong() - since < LONGEST_UNKNOWN.toNanos();
    }

    /** As {@link System#nanoTime}. */
    long now() {
        return nanos.getAsLong();
    }

    /** What it may try, of handlers that are held and of which it has heard. */
    Map<HandlerName, Probe> probes() {
        probes.keySet().removeIf(handler -> !handlers.held().containsKey(handler));
        return probes;
    }

    /** Claims none of its jobs until that is known to be right or wrong. */
    void suspend(HandlerName handler) {
        suspended.add(handler);
    }

    void goOn(HandlerName handler) {
        if (suspended.remove(handler) && !handlers.held().containsKey(handler)) {
            whenFree.run();
        }
    }

    /** Has {@code task} run when jobs may be claimed that waited for nothing else. */
    void onFree(Runnable task) {
        whenFree = task;
    }
}
