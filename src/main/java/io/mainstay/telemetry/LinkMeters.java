package io.mainstay.telemetry;

import io.mainstay.health.ConnectionObserver;
import io.mainstay.health.LinkKind;
import io.mainstay.health.LinkState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what happens to the links, and how many are in which state. By kind and not by name: in a cluster names carry
 * addresses of nodes, which come and go without end. All series are there from the start, so that the first change is
 * an increase and not a new series. Thread-safe.
 */
@Singleton
class LinkMeters implements ConnectionObserver {

    private final Map<LinkState, AtomicInteger> links = new EnumMap<>(LinkState.class);
    private final Map<LinkKind, Map<LinkState, Counter>> transitions = new EnumMap<>(LinkKind.class);

    private final MeterRegistry registry;

    @Inject
    LinkMeters(MeterRegistry registry) {
        this(registry, StoreLabel.FIRST);
    }

    private LinkMeters(MeterRegistry registry, String store) {
        this.registry = registry;
        for (LinkState state : LinkState.values()) {
            AtomicInteger number = new AtomicInteger();
            links.put(state, number);
            Gauge.builder("mainstay.redis.links", number, AtomicInteger::get)
                    .description("Connections to Redis by state")
                    .tag(StoreLabel.NAME, store)
                    .tag("state", label(state))
                    .register(registry);
        }
        for (LinkKind kind : LinkKind.values()) {
            Map<LinkState, Counter> ofKind = new EnumMap<>(LinkState.class);
            for (LinkState to : LinkState.values()) {
                ofKind.put(to, transitions(store, kind, to));
            }
            transitions.put(kind, ofKind);
        }
    }

    @Override
    public ConnectionObserver ofStore(String store) {
        return new LinkMeters(registry, store);
    }

    @Override
    public void linkOpened(LinkKind kind) {
        enter(kind, LinkState.CONNECTING);
    }

    @Override
    public void linkChanged(LinkKind kind, LinkState from, LinkState to) {
        links.get(from).decrementAndGet();
        enter(kind, to);
    }

    @Override
    public void linkClosed(LinkKind kind, LinkState last) {
        links.get(last).decrementAndGet();
    }

    private void enter(LinkKind kind, LinkState state) {
        links.get(state).incrementAndGet();
        transitions.get(kind).get(state).increment();
    }

    private Counter transitions(String store, LinkKind kind, LinkState to) {
        return Counter.builder("mainstay.redis.link.transitions")
                .description("State changes of connections to Redis, by new state")
                .tag(StoreLabel.NAME, store)
                .tag("link", label(kind))
                .tag("to", label(to))
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
