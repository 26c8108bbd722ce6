package io.mainstay.health;

import io.mainstay.queue.Recyclable;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Throws away all that can be replaced, and then gives it time to show an effect. For one thread. */
@Singleton
class Healer {

    private static final Logger LOG = Logger.getLogger(Healer.class);

    private final List<Recyclable> recyclables;
    private final List<HealObserver> observers;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private Long healedAt;
    private volatile int heals;

    @Inject
    Healer(@All List<Recyclable> recyclables, @All List<HealObserver> observers, StallLimit limit) {
        this(recyclables, observers, limit, System::nanoTime);
    }

    Healer(List<Recyclable> recyclables, List<HealObserver> observers, StallLimit limit, LongSupplier nanoTime) {
        this.recyclables = List.copyOf(recyclables);
        this.observers = List.copyOf(observers);
        this.pause = limit.healPause();
        this.nanoTime = nanoTime;
    }

    /** How often it has healed since the start. */
    int heals() {
        return heals;
    }

    /** Heals, unless it has done so a moment ago. Never throws. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void heal(Stall stall) {
        long now = nanoTime.getAsLong();
        if (healedAt != null && now - healedAt < pause.toNanos()) {
            return;
        }
        healedAt = now;
        heals++;
        LOG.warnf(
                "no progress for %s: %s; replacing: %s",
                stall.lasting(),
                stall.text(),
                recyclables.stream().map(Recyclable::name).toList());
        for (Recyclable each : recyclables) {
            try {
                each.recycle(stall.reason().slug());
                observers.forEach(observer -> observer.healed(each.name(), stall.reason()));
            } catch (Throwable thrown) {
                LOG.errorf(thrown, "%s could not be replaced", each.name());
            }
        }
    }
}
