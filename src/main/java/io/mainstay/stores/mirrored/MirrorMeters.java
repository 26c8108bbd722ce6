package io.mainstay.stores.mirrored;

import io.mainstay.job.QueueName;
import io.mainstay.mirror.MirrorCounts;
import io.mainstay.mirror.MirrorLook;
import io.mainstay.mirror.MirrorStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Meters of mirrored queues: what the other store has not heard of, whether both are whole, copies that started, jobs that ran twice. */
public final class MirrorMeters {

    private final MeterRegistry registry;

    public MirrorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param latest what keeps the queue together by now, another one after a change of its policy */
    void measure(QueueName queue, Supplier<QueueMirror> latest) {
        outbox(queue, latest, "first", MirrorStatus::first);
        outbox(queue, latest, "second", MirrorStatus::second);
        Gauge.builder(
                        "mainstay.mirror.healthy",
                        latest,
                        each -> each.get().status().healthy() ? 1 : 0)
                .description("1 while both stores of a mirrored queue were reached and have all its jobs")
                .tag("queue", queue.value())
                .strongReference(true)
                .register(registry);
        count(
                queue,
                latest,
                "mainstay.mirror.copies.started",
                MirrorCounts::copiesStarted,
                "Copies that this instance started because the owner was silent; those that ran there run twice");
        count(
                queue,
                latest,
                "mainstay.mirror.runs.twice",
                MirrorCounts::runsTwice,
                "Jobs that ran in a store which had to give them up, as the other one had started them");
    }

    private void count(
            QueueName queue,
            Supplier<QueueMirror> latest,
            String name,
            ToLongFunction<MirrorCounts> count,
            String description) {
        // Meters have weak references to what they measure, and the registry stays.
        FunctionCounter.builder(
                        name, registry, unused -> count.applyAsLong(latest.get().counts()))
                .description(description)
                .tag("queue", queue.value())
                .register(registry);
    }

    private void outbox(
            QueueName queue,
            Supplier<QueueMirror> latest,
            String store,
            Function<MirrorStatus, Optional<MirrorLook>> seen) {
        Gauge.builder("mainstay.mirror.outbox", latest, each -> seen.apply(
                                each.get().status())
                        .map(look -> (double) look.unheard())
                        .orElse(Double.NaN))
                .description("Changes of a mirrored queue in one store of which the other has not heard")
                .tag("queue", queue.value())
                .tag("store", store)
                .strongReference(true)
                .register(registry);
    }
}
