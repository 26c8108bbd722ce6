package io.mainstay.stores.mirrored;

import io.mainstay.mirror.MirrorLook;
import io.mainstay.mirror.MirrorStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Function;

/** Meters of mirrored queues: what the other store has not heard of, whether both are whole, copies that started. */
public final class MirrorMeters {

    private final MeterRegistry registry;

    public MirrorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void measure(QueueMirror mirror) {
        outbox(mirror, "first", MirrorStatus::first);
        outbox(mirror, "second", MirrorStatus::second);
        Gauge.builder("mainstay.mirror.healthy", mirror, each -> each.status().healthy() ? 1 : 0)
                .description("1 while both stores of a mirrored queue were reached and have all its jobs")
                .tag("queue", mirror.queue().logical().value())
                .register(registry);
        FunctionCounter.builder("mainstay.mirror.copies.started", mirror, QueueMirror::copiesStarted)
                .description(
                        "Copies that this instance started as the owner was silent; those that ran there run twice")
                .tag("queue", mirror.queue().logical().value())
                .register(registry);
    }

    private void outbox(QueueMirror mirror, String store, Function<MirrorStatus, Optional<MirrorLook>> seen) {
        Gauge.builder("mainstay.mirror.outbox", mirror, each -> seen.apply(each.status())
                        .map(look -> (double) look.unheard())
                        .orElse(Double.NaN))
                .description("Changes of a mirrored queue in one store of which the other has not heard")
                .tag("queue", mirror.queue().logical().value())
                .tag("store", store)
                .register(registry);
    }
}
