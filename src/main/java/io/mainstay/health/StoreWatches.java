package io.mainstay.health;

import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.attempt.StartedAttempt;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The watches over the stores besides the first; where there are none, nothing is done. Thread-safe. */
@Singleton
class StoreWatches implements JobObserver {

    private final List<StoreWatch> all;
    private final Duration interval;
    private Runnable stop = () -> {};

    @Inject
    StoreWatches(WatchedStore.All stores, OwnQueue own, JobIds ids, HealthConfig config, StallLimit limit) {
        this(
                stores.stores().stream()
                        .map(store -> StoreWatch.of(store, own.inSecondStore(), ids, config, limit))
                        .toList(),
                config.canaryInterval());
    }

    StoreWatches(List<StoreWatch> all, Duration interval) {
        this.all = List.copyOf(all);
        this.interval = interval;
    }

    static StoreWatches none() {
        return new StoreWatches(List.of(), Duration.ZERO);
    }

    void start(@Observes StartupEvent event, Vertx vertx, Instance<WorkerStatus> workers) {
        if (!all.isEmpty() && workers.isResolvable()) {
            WorkerStatus status = workers.get();
            watch(status);
            long timer = vertx.setPeriodic(interval.toMillis(), fired -> watch(status));
            stop = () -> vertx.cancelTimer(timer);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stop.run();
    }

    private void watch(WorkerStatus workers) {
        all.forEach(each -> each.watch(workers));
    }

    List<StoreWatch> all() {
        return all;
    }

    /** Whether one of them answered when last asked. */
    boolean anyAnswers() {
        return all.stream().anyMatch(StoreWatch::answers);
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        all.forEach(each -> each.canary().finished(attempt, became, ran));
    }
}
