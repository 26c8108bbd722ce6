package io.mainstay.events;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The stream of one client: what it has not taken yet waits here, up to a bound. Beyond it events are dropped and counted
 * until the client has taken all that waits; then it is told how many are missing, and the next ones wait again. So what
 * a client gets is in order, with every gap in its place. What waits goes out in few large writes. Once the bound is
 * reached an event costs the look at a flag, until the client takes something. Thread-safe.
 */
final class EventStream {

    /** Where the events of one client go. Used on its loop only. */
    interface Client {

        /** Whether it is to be given nothing more until it has taken something. */
        boolean full();

        void write(Buffer text);

        /** Ends the answer in good order. */
        void end();

        /** Gives up the answer, whatever of it is still to be sent. */
        void disconnect();
    }

    private static final int TICKS_UNTIL_STUCK = 4;
    /** Bytes of one write: many events for one system call, and not much more than a client is behind by. */
    private static final int WRITE = 8 * 1024;

    private final EventFilter filter;
    private final int buffer;
    private final Client client;
    private final Executor loop;
    private final Queue<Message> waiting = new ArrayDeque<>();
    private boolean behind;
    private long dropped;
    private boolean draining;
    private boolean ended;
    private int ticksWithoutTaking;

    /**
     * @param buffer most events that wait
     * @param loop where the client is served
     */
    EventStream(EventFilter filter, int buffer, Client client, Executor loop) {
        this.filter = filter;
        this.buffer = buffer;
        this.client = client;
        this.loop = loop;
    }

    /** @return the changes that were dropped because of it, at once */
    long offer(Message message) {
        Event event = message.event();
        if (!filter.matches(event)) {
            return 0;
        }
        synchronized (this) {
            if (ended) {
                return 0;
            }
            if (behind || waiting.size() >= buffer) {
                behind = true;
                dropped += event.changes();
                return event.changes();
            }
            waiting.add(message);
            if (draining) {
                return 0;
            }
            draining = true;
        }
        loop.execute(this::drain);
        return 0;
    }

    /** The client has taken something. */
    void taken() {
        synchronized (this) {
            ticksWithoutTaking = 0;
        }
        drain();
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
            offer(new Message(new Event.Heartbeat()));
        } else if (stuck) {
            loop.execute(client::disconnect);
        }
    }

    /** Ends it in good order, with a last event if the client takes any; completes when that is done. */
    CompletableFuture<Void> end() {
        return CompletableFuture.runAsync(
                () -> {
                    drain();
                    synchronized (this) {
                        if (ended) {
                            return;
                        }
                        ended = true;
                        waiting.clear();
                    }
                    client.write(new Message(new Event.End()).text());
                    client.end();
                },
                loop);
    }

    /** The client is gone. */
    synchronized void gone() {
        ended = true;
        waiting.clear();
    }

    private void drain() {
        Buffer text = next();
        while (text != null) {
            client.write(text);
            text = next();
        }
    }

    /** As much as goes out in one write, or null. */
    private Buffer next() {
        boolean full = client.full();
        synchronized (this) {
            Message first = full || ended ? null : take();
            if (first == null) {
                // While it is full there is no use in trying with each event: taken() goes on.
                draining = full;
                return null;
            }
            ticksWithoutTaking = 0;
            Buffer text = Buffer.buffer(WRITE).appendBuffer(first.text());
            Message more = text.length() < WRITE ? take() : null;
            while (more != null) {
                text.appendBuffer(more.text());
                more = text.length() < WRITE ? take() : null;
            }
            return text;
        }
    }

    private Message take() {
        if (waiting.isEmpty() && behind) {
            Event lagged = new Event.Lagged(dropped);
            behind = false;
            dropped = 0;
            return new Message(lagged);
        }
        return waiting.poll();
    }
}
