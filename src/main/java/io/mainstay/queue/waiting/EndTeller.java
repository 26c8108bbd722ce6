package io.mainstay.queue.waiting;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.StateChange;
import io.mainstay.queue.attempt.StartedAttempt;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells of the ends, on this instance, of jobs that some instance waits for. While nobody waits, an end costs one look at a field. Ends
 * that nobody sees (a lease that ran out) are found by those who wait. Thread-safe.
 */
@Singleton
final class EndTeller implements JobObserver, EndNotices.Listener {

    /** Who waits for longer says so again. */
    private static final Duration REMEMBERED = StateWatch.AGAIN.multipliedBy(2);

    /** Bounds memory; other ends are found by those who wait. */
    private static final int MOST = 10_000;

    private final EndNotices notices;
    /** Until when each is believed to be waited for. */
    private final Map<StateWatch.Key, Long> awaited = new ConcurrentHashMap<>();

    EndTeller(EndNotices notices) {
        this.notices = notices;
    }

    void start(@Observes StartupEvent event) {
        notices.listen(this);
    }

    @Override
    public void awaited(QueueName queue, List<JobId> jobs) {
        long now = System.nanoTime();
        if (awaited.size() + jobs.size() > MOST) {
            awaited.values().removeIf(until -> now - until >= 0);
        }
        for (JobId job : jobs) {
            if (awaited.size() < MOST) {
                awaited.put(new StateWatch.Key(queue, job), now + REMEMBERED.toNanos());
            }
        }
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        look(attempt.queue(), attempt.id(), became);
    }

    @Override
    public void moved(Job job) {
        look(job.queue(), job.id(), job.state());
    }

    @Override
    public void changed(StateChange change) {
        look(change.queue(), change.id(), change.state());
    }

    private void look(QueueName queue, JobId job, JobState state) {
        if (!awaited.isEmpty() && state.ended() && awaited.remove(new StateWatch.Key(queue, job)) != null) {
            notices.tellEnded(queue, job);
        }
    }
}
