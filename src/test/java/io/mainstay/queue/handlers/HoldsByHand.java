package io.mainstay.queue.handlers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Holds one handler, and has a job of it tried, when a test says so. */
public final class HoldsByHand implements HeldHandlers {

    public volatile boolean held;
    /** Whether the next claim is to be a probe. */
    public final AtomicBoolean probe = new AtomicBoolean();
    /** Whether probes found a job. */
    public final List<Boolean> probed = new CopyOnWriteArrayList<>();

    private final HandlerName name;

    public HoldsByHand(HandlerName name) {
        this.name = name;
    }

    @Override
    public Optional<Hold> hold(HandlerName handler) {
        return held && handler.equals(name) ? Optional.of(new Hold(Instant.EPOCH, 10)) : Optional.empty();
    }

    @Override
    public Set<HandlerName> claimable(Set<HandlerName> handlers) {
        return held ? handlers.stream().filter(handler -> !handler.equals(name)).collect(Collectors.toSet()) : handlers;
    }

    @Override
    public boolean mayClaim(QueueName queue, HandlerName handler) {
        return !held(handler) || probe.get();
    }

    @Override
    public Optional<HandlerName> probe(QueueName queue, Set<HandlerName> handlers) {
        return handlers.contains(name) && probe.getAndSet(false) ? Optional.of(name) : Optional.empty();
    }

    @Override
    public void probed(QueueName queue, HandlerName handler, boolean found) {
        probed.add(found);
    }
}
