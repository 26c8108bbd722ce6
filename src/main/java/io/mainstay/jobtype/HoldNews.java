package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.queue.handlers.HoldObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Says which handlers are held: in the log, as metrics, to observers. Thread-safe. */
@Singleton
class HoldNews {

    private static final Logger LOG = Logger.getLogger(HoldNews.class);
    /** Handlers that have a time series of their own. */
    private static final int MOST_LABELS = 100;

    private final DeclaredHandlers handlers;
    private final MeterRegistry registry;
    private final List<HoldObserver> observers;
    private final Map<HandlerName, Meter> shown = new HashMap<>();

    HoldNews(DeclaredHandlers handlers, MeterRegistry registry, @All List<HoldObserver> observers) {
        this.handlers = handlers;
        this.registry = registry;
        this.observers = List.copyOf(observers);
    }

    synchronized void tell(Map<HandlerName, Hold> before, Map<HandlerName, Hold> after) {
        before.forEach((handler, hold) -> {
            if (!after.containsKey(handler)) {
                resumed(handler);
            }
        });
        after.forEach((handler, hold) -> {
            if (!hold.equals(before.get(handler))) {
                held(handler, hold);
            }
        });
    }

    private void held(HandlerName handler, Hold hold) {
        if (hold.byHand()) {
            LOG.warnf("Handler %s is held manually: no job of it starts until it is resumed", handler);
        } else {
            LOG.warnf(
                    "Handler %s is held: %d attempts failed and none succeeded. Only one job is tried from time to time; if it succeeds, the hold ends",
                    handler, hold.failed());
        }
        if (shown.size() < MOST_LABELS) {
            shown.computeIfAbsent(handler, this::register);
        }
        observers.forEach(observer -> observer.held(handler, queueOf(handler), hold));
    }

    private void resumed(HandlerName handler) {
        LOG.infof("Handler %s is no longer held", handler);
        Meter gauge = shown.remove(handler);
        if (gauge != null) {
            registry.remove(gauge);
        }
        observers.forEach(observer -> observer.resumed(handler, queueOf(handler)));
    }

    private Meter register(HandlerName handler) {
        return Gauge.builder("mainstay.handler.held", () -> 1)
                .description("1 while the handler is held and its jobs do not start")
                .tag("handler", handler.value())
                .register(registry);
    }

    /** Null if none is declared. */
    private QueueName queueOf(HandlerName handler) {
        return handlers.of(handler).queue();
    }
}
