package io.mainstay.worker;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.LeaseStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out within a second that running jobs were cancelled. A hint names them, and comes at once or never. Twice a
 * second each queue that has jobs running here is asked how many of its running jobs were cancelled so far: one field,
 * whatever the number of jobs. Either is only a reason to extend leases now, which alone tells whose is lost. Loop only.
 */
@Singleton
final class Cancellations implements LoopTimers.Timer {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** Names kept until the end of the turn; what is left out is found by the next look. */
    private static final int MOST_NAMED = 10_000;

    private final WorkerLoop loop;
    private final LeaseStore store;
    private final WorkerSlots slots;
    private final LeaseExtender leases;
    /** The counts as last seen, of queues that had jobs running then. */
    private final Map<QueueName, Long> counts = new HashMap<>();

    private final Set<Named> named = new HashSet<>();
    private Runnable cancelTimer = () -> {};
    private boolean closed;

    private record Named(QueueName queue, JobId id) {}

    Cancellations(WorkerLoop loop, LeaseStore store, WorkerSlots slots, LeaseExtender leases) {
        this.loop = loop;
        this.store = store;
        this.slots = slots;
        this.leases = leases;
    }

    /** Looks from now on, whatever became of the timer. */
    @Override
    public void restart() {
        cancelTimer.run();
        if (!closed) {
            cancelTimer = loop.after(LOOK_EVERY, this::restart);
            look();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    void hint(QueueName queue, List<JobId> jobs) {
        if (named.isEmpty()) {
            // Many may be cancelled one by one: those that arrive together are looked for together.
            loop.afterTurn(this::extendNamed);
        }
        jobs.stream()
                .limit(MOST_NAMED - named.size())
                .map(id -> new Named(queue, id))
                .forEach(named::add);
    }

    private void extendNamed() {
        Set<Named> wanted = Set.copyOf(named);
        named.clear();
        leases.extend(slots.attempts(attempt -> wanted.contains(new Named(attempt.place(), attempt.id()))));
    }

    private void look() {
        Set<QueueName> queues = slots.attempts(attempt -> !attempt.queue().isPrivate()).stream()
                .map(Attempt::place)
                .collect(Collectors.toSet());
        counts.keySet().retainAll(queues);
        queues.forEach(queue -> loop.call(() -> store.revoked(queue), LOOK_EVERY, (count, failure) -> {
            if (failure == null) {
                seen(queue, count);
            }
        }));
    }

    /** The first time nothing is known of the time since the claim, so that counts as news. */
    private void seen(QueueName queue, Long count) {
        if (!count.equals(counts.put(queue, count))) {
            leases.extend(slots.attempts(attempt -> attempt.place().equals(queue)));
        }
    }
}
