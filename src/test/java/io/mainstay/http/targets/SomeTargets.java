package io.mainstay.http.targets;

import io.mainstay.queue.WorkersByHand;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Targets on a clock of a test, with 16 workers. */
public final class SomeTargets {

    private static final WorkersByHand PATIENT = workers(1000);

    final WorkersByHand workers = workers(16);
    final List<Runnable> later = new ArrayList<>();
    final MeterRegistry registry = new SimpleMeterRegistry();
    final Targets targets;
    long now;

    /** @param config without its prefix */
    SomeTargets(Map<String, String> config) {
        targets = new Targets(
                config(config), () -> workers, () -> now, (wait, task) -> later.add(task), new TargetMeters(registry));
    }

    /** As many requests to any target as one likes, however it answers. */
    public static Targets patient() {
        return new Targets(
                config(Map.of("failures", "0", "retry-budget", "100")),
                () -> PATIENT,
                System::nanoTime,
                (wait, task) -> {},
                new TargetMeters(new SimpleMeterRegistry()));
    }

    /** One failure has a target left alone. */
    public static Targets strict() {
        return new Targets(
                config(Map.of("failures", "1")),
                () -> PATIENT,
                System::nanoTime,
                (wait, task) -> {},
                new TargetMeters(new SimpleMeterRegistry()));
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    private static WorkersByHand workers(int concurrency) {
        WorkersByHand workers = new WorkersByHand();
        workers.concurrency = concurrency;
        return workers;
    }

    static TargetConfig config(Map<String, String> config) {
        Map<String, String> full = new HashMap<>();
        config.forEach((key, value) -> full.put("mainstay.http.target." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TargetConfig.class)
                .withDefaultValues(full)
                .build()
                .getConfigMapping(TargetConfig.class);
    }
}
