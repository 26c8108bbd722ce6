package io.mainstay.queue;

import io.mainstay.job.JobState;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Looks at the state of one job until it has ended or is gone, and tells all who wait for that. Ends by itself when nobody
 * waits. Its looks follow one another; who waits may come and go from any thread.
 */
final class StateWatch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Supplier<Uni<Optional<JobState>>> look;
    private final Runnable over;
    private final Set<UniEmitter<? super Void>> waiters = ConcurrentHashMap.newKeySet();

    /** @param over called before those who wait hear that the job has ended */
    StateWatch(Supplier<Uni<Optional<JobState>>> look, Runnable over) {
        this.look = look;
        this.over = over;
    }

    void begin() {
        lookAfter(FIRST_PAUSE);
    }

    void add(UniEmitter<? super Void> waiter) {
        waiters.add(waiter);
    }

    /** @return whether somebody else still waits */
    boolean remove(UniEmitter<? super Void> waiter) {
        waiters.remove(waiter);
        return !waiters.isEmpty();
    }

    /** Tells all who wait that there is nothing more to wait for. */
    void end() {
        over.run();
        waiters.forEach(waiter -> waiter.complete(null));
    }

    private void lookAfter(Duration pause) {
        Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(pause)
                .chain(() -> waiters.isEmpty() ? Uni.createFrom().<Optional<JobState>>nullItem() : look.get())
                .subscribe()
                .with(
                        state -> {
                            if (state == null) {
                                over.run();
                            } else if (state.map(JobState::ended).orElse(true)) {
                                end();
                            } else {
                                lookAfter(next);
                            }
                        },
                        error -> lookAfter(next));
    }
}
