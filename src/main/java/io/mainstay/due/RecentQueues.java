package io.mainstay.due;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.StateChange;
import io.mainstay.queue.attempt.StartedAttempt;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Queues with recent activity, as seen by polls and by this instance: the others need not be queried. A queue where jobs wait
 * to start or run is among them, on every instance, a few polls later at the latest. Thread-safe.
 */
@Singleton
public class RecentQueues implements DueListener, JobObserver {

    /** For longer nobody asks. */
    private static final Duration KEPT = Duration.ofHours(2);

    private static final Duration EXACT_TO = Duration.ofMillis(100);
    /** Beyond, the oldest go. */
    private static final int MOST = 10_000;

    private final Map<QueueName, Long> seenAt = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    @Inject
    RecentQueues() {
        this(System::nanoTime);
    }

    public RecentQueues(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Those seen within so long, at most two hours, the latest first. */
    public List<QueueName> within(Duration time, int most) {
        long now = nanoTime.getAsLong();
        return seenAt.entrySet().stream()
                .filter(queue -> now - queue.getValue() <= time.toNanos())
                .sorted(Comparator.comparingLong(queue -> now - queue.getValue()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A poll of one bucket; also where what is too old goes. */
    @Override
    public void due(List<DueQueue> queues) {
        queues.stream().filter(due -> due.work() == DueWork.CLAIM && due.now()).forEach(due -> seen(due.queue()));
        long now = nanoTime.getAsLong();
        seenAt.values().removeIf(at -> now - at > KEPT.toNanos());
        if (seenAt.size() > MOST) {
            seenAt.keySet().retainAll(within(KEPT, MOST));
        }
    }

    @Override
    public void enqueued(Job job, boolean created) {
        seen(job.queue());
    }

    @Override
    public void claimed(QueueName queue, int jobs) {
        if (jobs > 0) {
            seen(queue);
        }
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        seen(attempt.queue());
    }

    @Override
    public void moved(Job job) {
        seen(job.queue());
    }

    @Override
    public void changed(StateChange change) {
        seen(change.queue());
    }

    private void seen(QueueName place) {
        QueueName queue = place.logical();
        long now = nanoTime.getAsLong();
        Long before = seenAt.get(queue);
        // Told of every job: most times nothing is written.
        if ((before == null || now - before > EXACT_TO.toNanos()) && !queue.isPrivate()) {
            seenAt.put(queue, now);
        }
    }
}
