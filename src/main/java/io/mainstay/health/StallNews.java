package io.mainstay.health;

import io.mainstay.queue.health.StallObserver;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Tells observers when a stall begins and ends. For one thread. */
@Singleton
class StallNews {

    private static final Logger LOG = Logger.getLogger(StallNews.class);

    private final List<StallObserver> observers;
    private final Duration stallAfter;
    /** The latest that was long enough; null while there is none. */
    private Stall stall;

    @Inject
    StallNews(@All List<StallObserver> observers, StallLimit limit) {
        this.observers = List.copyOf(observers);
        this.stallAfter = limit.stallAfter();
    }

    void tell(StallReport report) {
        Stall before = stall;
        stall = report.worst()
                .filter(worst -> worst.lasting().compareTo(stallAfter) >= 0)
                .orElse(null);
        if (before == null && stall != null) {
            Stall began = stall;
            tell(observer -> observer.stalled(began.reason().slug(), began.lasting()));
        } else if (before != null && stall == null) {
            tell(observer -> observer.recovered(before.reason().slug(), before.lasting()));
        }
    }

    private void tell(Consumer<StallObserver> news) {
        for (StallObserver observer : observers) {
            try {
                news.accept(observer);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s failed; the other listeners are still called", observer.getClass());
            }
        }
    }
}
