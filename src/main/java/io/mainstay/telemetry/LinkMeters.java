package io.mainstay.telemetry;

import io.mainstay.queue.ConnectionObserver;
import io.mainstay.queue.LinkState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what happens to the links, and how many are in which state. */
@Singleton
class LinkMeters implements ConnectionObserver {

    private final MeterRegistry registry;
    private final Map<String, LinkState> states = new ConcurrentHashMap<>();

    LinkMeters(MeterRegistry registry) {
        this.registry = registry;
        for (LinkState state : LinkState.values()) {
            Gauge.builder("mainstay.redis.links", () -> count(state))
                    .description("Connections to Redis, by what is known of them")
                    .tag("state", name(state))
                    .register(registry);
        }
    }

    @Override
    public void linkChanged(String link, LinkState to) {
        states.put(link, to);
        Counter.builder("mainstay.redis.link.transitions")
                .description("Changes of connections to Redis")
                .tag("link", link)
                .tag("to", name(to))
                .register(registry)
                .increment();
    }

    private long count(LinkState state) {
        return states.values().stream().filter(state::equals).count();
    }

    private static String name(LinkState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
