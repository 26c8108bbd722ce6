package io.mainstay.hook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** Counts notices. */
@Singleton
class HookMeters {

    private final MeterRegistry registry;
    private final Map<HookEvent, Counter> sent = new EnumMap<>(HookEvent.class);
    private final Counter dropped;

    HookMeters(MeterRegistry registry) {
        this.registry = registry;
        for (HookEvent event : HookEvent.values()) {
            sent.put(
                    event,
                    Counter.builder("mainstay.notices.enqueued")
                            .description("Notices for which this instance has enqueued a sending job")
                            .tag("event", event.wireName())
                            .register(registry));
        }
        dropped = Counter.builder("mainstay.notices.dropped")
                .description("Notices that were not sent because an outbox was full")
                .register(registry);
    }

    void start(@Observes StartupEvent event, KnownHooks hooks) {
        show("enabled", hooks);
        show("disabled", hooks);
    }

    private void show(String state, KnownHooks hooks) {
        Gauge.builder("mainstay.hooks", () -> hooks.all().values().stream()
                        .filter(hook -> hook.enabled() == state.equals("enabled"))
                        .count())
                .description("Hooks, as this instance knows them")
                .tag("state", state)
                .register(registry);
    }

    void sent(HookEvent event) {
        sent.get(event).increment();
    }

    void dropped(long notices) {
        dropped.increment(notices);
    }
}
