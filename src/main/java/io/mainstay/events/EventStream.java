package io.mainstay.events;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The stream of one client: what it has not taken yet waits here, up to a bound. Beyond it events are dropped and counted
 * until the client has taken all that waits; then it is told how many are missing, and the next ones wait again. So what
 * a client gets is in order, with every gap in its place. Thread-safe.
 */
final class EventStream {

    private static final int TICKS_UNTIL_STUCK = 4;

    private final EventFilter filter;
    private final int buffer;
    private final MultiEmitter<? super Event> emitter;
    private final Executor loop;
    private final Runnable disconnect;
    private final Queue<Event> waiting = new ArrayDeque<>();
    private boolean behind;
    private long dropped;
    private boolean draining;
    private int ticksWithoutTaking;

    /**
     * @param buffer most events that wait
     * @param emitter asks for one event after the other
     * @param loop where the client is served
     * @param disconnect gives up the client's answer, whatever of it is still to be sent
     */
    EventStream(
            EventFilter filter, int buffer, MultiEmitter<? super Event> emitter, Executor loop, Runnable disconnect) {
        this.filter = filter;
        this.buffer = buffer;
        this.emitter = emitter;
        this.loop = loop;
        this.disconnect = disconnect;
        emitter.onRequest(more -> drainSoon());
    }

    /** @return the changes that were dropped because of it, at once */
    long offer(Event event) {
        if (event instanceof Event.Changed changed && !filter.matches(changed.change())) {
            return 0;
        }
        synchronized (this) {
            if (behind || waiting.size() >= buffer) {
                behind = true;
                dropped += event.changes();
                return event.changes();
            }
            waiting.add(event);
        }
        drainSoon();
        return 0;
    }

    /** Called regularly: says that the stream is alive, or ends one whose client has taken nothing for long. */
    void tick() {
        boolean stuck;
        boolean idle;
        synchronized (this) {
            idle = waiting.isEmpty() && !behind;
            stuck = !idle && ++ticksWithoutTaking >= TICKS_UNTIL_STUCK;
        }
        if (idle) {
            offer(new Event.Heartbeat());
        } else if (stuck) {
            disconnect.run();
        }
    }

    /** Ends it in good order; completes when that is done. */
    CompletableFuture<Void> end() {
        return CompletableFuture.runAsync(emitter::complete, loop);
    }

    private void drainSoon() {
        synchronized (this) {
            if (draining) {
                return;
            }
            draining = true;
        }
        loop.execute(this::drain);
    }

    private void drain() {
        Event next = next();
        while (next != null) {
            emitter.emit(next);
            next = next();
        }
    }

    private synchronized Event next() {
        Event next = emitter.isCancelled() || emitter.requested() == 0 ? null : take();
        if (next == null) {
            draining = false;
        } else {
            ticksWithoutTaking = 0;
        }
        return next;
    }

    private Event take() {
        if (waiting.isEmpty() && behind) {
            Event lagged = new Event.Lagged(dropped);
            behind = false;
            dropped = 0;
            return lagged;
        }
        return waiting.poll();
    }
}
