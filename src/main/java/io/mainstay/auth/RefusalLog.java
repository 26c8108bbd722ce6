package io.mainstay.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Counts refused requests by reason, and logs them: a line every ten seconds at most, however many there are. */
@Singleton
class RefusalLog {

    private static final Logger LOG = Logger.getLogger(RefusalLog.class);
    private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(10);

    private final Map<Refusal.Reason, Counter> counters = new EnumMap<>(Refusal.Reason.class);
    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - BETWEEN_LINES);
    private final AtomicLong unlogged = new AtomicLong();

    RefusalLog(MeterRegistry registry) {
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            String label = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            counters.put(
                    reason,
                    Counter.builder("mainstay.auth.refused")
                            .description("Requests refused because of their caller or their number")
                            .tag("reason", label)
                            .register(registry));
        }
    }

    /** @param from the address of whoever sent it */
    void refused(Refusal refusal, String from) {
        counters.get(refusal.reason()).increment();
        long count = unlogged.incrementAndGet();
        long last = loggedAt.get();
        long now = System.nanoTime();
        if (now - last >= BETWEEN_LINES && loggedAt.compareAndSet(last, now)) {
            unlogged.addAndGet(-count);
            LOG.warnf(
                    "Refused a request from %s: %s (%s). %d in all since the last such line.",
                    from, refusal.getMessage(), refusal.reason(), count);
        }
    }
}
