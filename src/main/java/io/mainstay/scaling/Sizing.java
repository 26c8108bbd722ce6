package io.mainstay.scaling;

import io.mainstay.due.RecentQueues;
import io.mainstay.job.Bounds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainedWorkers;
import io.mainstay.queue.WorkerStatus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Reads what the queues want that the workers are meant for, whoever runs them. Thread-safe. */
@Singleton
class Sizing {

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(1);
    /** However many ask, Redis is asked once in this time. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    /** Longer than any queue with something to do stays unseen, and than the time over which a backlog is watched. */
    private static final Duration RECENT = Duration.ofSeconds(30);
    /** Bounds a reading. */
    private static final int MOST_QUEUES = 1000;

    private final RecentQueues recent;
    private final LoadStore loads;
    private final WorkerStatus workers;
    private final DrainedWorkers drains;
    private final Duration startDelay;
    private final Backlogs backlogs = new Backlogs(System::nanoTime);
    private final Uni<Demand> shared;
    private volatile long answeredAt = System.nanoTime();

    Sizing(RecentQueues recent, LoadStore loads, WorkerStatus workers, DrainedWorkers drains, ScalingConfig config) {
        this.recent = recent;
        this.loads = loads;
        this.workers = workers;
        this.drains = drains;
        this.startDelay = Bounds.between("mainstay.scaling.start-delay", config.startDelay(), LEAST, MOST);
        this.shared = Uni.createFrom()
                .deferred(this::read)
                .onTermination()
                .invoke(() -> answeredAt = System.nanoTime())
                .memoize()
                .until(() -> System.nanoTime() - answeredAt > SHARED_FOR.toNanos());
    }

    /** At most a second old. Fails with {@link io.mainstay.job.StoreUnavailableException}. */
    Uni<Demand> demand() {
        return shared;
    }

    private Uni<Demand> read() {
        List<QueueName> ours = recent.within(RECENT, MOST_QUEUES).stream()
                .filter(workers::configuredFor)
                .toList();
        Uni<List<QueueLoad>> read =
                ours.isEmpty() ? Uni.createFrom().item(List.of()) : loads.loads(ours, workers.handlers());
        return read.map(this::demandOf);
    }

    private Demand demandOf(List<QueueLoad> all) {
        backlogs.add(all);
        return new Demand(
                startDelay,
                workers.concurrency(),
                drains.instances(),
                all.stream()
                        .map(load -> QueueDemand.of(load, backlogs.perSecond(load), workers.concurrency(), startDelay))
                        .filter(each -> each.workers() > 0)
                        .sorted(Comparator.comparingDouble(QueueDemand::workers).reversed())
                        .toList());
    }
}
