package io.mainstay.http.targets;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts requests by target, of the first of them that were called; all others are counted as one. Thread-safe. */
final class TargetMeters {

    static final int MOST = 50;
    static final String OTHERS = "(other)";
    private static final List<String> OUTCOMES = List.of("answered", "failed", "given-back");

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new HashMap<>();
    private int named;

    TargetMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** From the start, so that the first request counts as an increase. */
    void open(Supplier<Number> count) {
        OUTCOMES.forEach(outcome -> counter(OTHERS, outcome));
        Gauge.builder("mainstay.http.targets.open", count)
                .description("Targets of http jobs whose circuit breaker is open because they failed repeatedly")
                .register(registry);
    }

    /** @param outcome one of {@link #OUTCOMES} */
    void ended(String origin, String outcome) {
        counter(origin, outcome).increment();
    }

    private synchronized Counter counter(String origin, String outcome) {
        Counter known = counters.get(origin + ' ' + outcome);
        if (known != null) {
            return known;
        }
        boolean isNamed = counters.keySet().stream().anyMatch(key -> key.startsWith(origin + ' '));
        if (!isNamed && named >= MOST && !origin.equals(OTHERS)) {
            return counter(OTHERS, outcome);
        }
        named += isNamed || origin.equals(OTHERS) ? 0 : 1;
        Counter counter = Counter.builder("mainstay.http.requests")
                .description("Requests of http jobs that ended, by target")
                .tag("target", origin)
                .tag("outcome", outcome)
                .register(registry);
        counters.put(origin + ' ' + outcome, counter);
        return counter;
    }
}
