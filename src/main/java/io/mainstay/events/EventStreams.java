package io.mainstay.events;

import io.mainstay.job.LimitReachedException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The streams of this instance. The first one has it listen, with the last one it stops; all of them share one
 * subscription. Thread-safe.
 */
@Singleton
class EventStreams implements ChangeFeed.Listener {

    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    private static final int LONGEST_END_SECONDS = 2;

    private final Collection<EventStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final ChangeFeed feed;
    private final EventsConfig config;
    private final Vertx vertx;
    private final Counter dropped;
    private volatile int limit;
    private AutoCloseable listening;
    private boolean live;
    private long heartbeats;

    EventStreams(ChangeFeed feed, EventsConfig config, Vertx vertx, MeterRegistry registry) {
        this.feed = feed;
        this.config = config;
        this.vertx = vertx;
        this.limit = config.maxStreams();
        Gauge.builder("mainstay.events.streams", admitted, AtomicInteger::get)
                .description("Open event streams")
                .register(registry);
        this.dropped = Counter.builder("mainstay.events.dropped")
                .description("State changes not sent because clients of event streams were too slow")
                .register(registry);
    }

    /** At the start, which also makes this and its metrics, with or without a stream. */
    void check(@Observes StartupEvent event) {
        EventsConfig.check(config);
    }

    /**
     * Opens a stream, to be given to {@link #join} once its client takes events.
     *
     * @param loop where the client is served
     * @throws LimitReachedException if there are as many as may be, or the service is about to end
     */
    EventStream open(EventFilter filter, EventStream.Client client, Executor loop) {
        if (admitted.incrementAndGet() > limit) {
            admitted.decrementAndGet();
            throw new LimitReachedException(
                    "too-many-streams", 503, "this instance serves no more than " + limit + " event streams");
        }
        return new EventStream(filter, config.buffer(), client, loop);
    }

    @Override
    public void changed(StateChange change) {
        tell(new Event.Changed(change));
    }

    @Override
    public void changed(QueueName queue) {
        tell(new Event.QueueChanged(queue));
    }

    @Override
    public void dropped(long changes) {
        tell(new Event.Lagged(changes));
    }

    @Override
    public synchronized void live() {
        if (listening != null) {
            live = true;
            tell(new Event.Open());
        }
    }

    /** While requests are still served: later the server closes first, and cuts what is open. */
    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        endAll();
    }

    void stop(@Observes ShutdownEvent event) {
        endAll();
    }

    /** Clients come back, to another instance by then. */
    private void endAll() {
        limit = 0;
        CompletableFuture<?>[] ends = streams.stream().map(EventStream::end).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Not every event stream ended cleanly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void join(EventStream stream) {
        // So that the answer begins now, whenever the first event comes.
        stream.offer(new Message(new Event.Heartbeat()));
        streams.add(stream);
        if (listening == null) {
            live = false;
            listening = feed.listen(this);
            heartbeats =
                    vertx.setPeriodic(config.heartbeat().toMillis(), ignored -> streams.forEach(EventStream::tick));
        } else if (live) {
            stream.offer(new Message(new Event.Open()));
        }
    }

    /** The client is gone; once for each stream that was opened. */
    synchronized void leave(EventStream stream) {
        admitted.decrementAndGet();
        stream.gone();
        streams.remove(stream);
        if (streams.isEmpty() && listening != null) {
            vertx.cancelTimer(heartbeats);
            try {
                listening.close();
            } catch (Exception e) {
                LOG.error("The subscription to state changes did not close cleanly", e);
            }
            listening = null;
        }
    }

    void tell(Event event) {
        Message message = new Message(event);
        long missed = 0;
        for (EventStream stream : streams) {
            missed += stream.offer(message);
        }
        if (missed > 0) {
            dropped.increment(missed);
        }
    }
}
