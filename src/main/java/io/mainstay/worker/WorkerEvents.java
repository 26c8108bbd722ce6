package io.mainstay.worker;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.WorkerTroubles;
import io.mainstay.queue.attempt.StartedAttempt;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Counts what goes wrong and tells the observers what happens. An observer that throws is counted and logged, never
 * felt. Thread-safe.
 */
@Singleton
final class WorkerEvents {

    private static final Logger LOG = Logger.getLogger(WorkerEvents.class);

    private final List<JobObserver> observers;
    private final AtomicLong unexpected = new AtomicLong();
    private final AtomicLong failedCalls = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong lostLeases = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();

    WorkerEvents(@All List<JobObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    WorkerTroubles troubles() {
        return new WorkerTroubles(
                unexpected.get(), failedCalls.get(), timeouts.get(), lostLeases.get(), refused.get(), abandoned.get());
    }

    void unexpected(Throwable thrown) {
        unexpected.incrementAndGet();
        LOG.error("unexpected error in the worker pool; it continues", thrown);
    }

    void failedCall() {
        failedCalls.incrementAndGet();
    }

    void timedOut() {
        timeouts.incrementAndGet();
    }

    void leaseLost() {
        lostLeases.incrementAndGet();
    }

    void abandoned() {
        abandoned.incrementAndGet();
    }

    void claimed(QueueName queue, List<Job> jobs) {
        tell(observer -> observer.claimed(queue, jobs.size()));
        if (!jobs.isEmpty()) {
            tell(observer -> observer.leased(jobs));
        }
    }

    void returned(QueueName queue, int attempts) {
        tell(observer -> observer.returned(queue, attempts));
    }

    void unclaimed(QueueName queue, Throwable failure) {
        failedCall();
        tell(observer -> observer.unclaimed(queue, failure));
    }

    void failing(Job job) {
        StartedAttempt attempt = StartedAttempt.of(job);
        tell(observer -> observer.failing(attempt));
    }

    void finished(Job job, JobState became, Duration ran) {
        StartedAttempt attempt = StartedAttempt.of(job);
        tell(observer -> observer.finished(attempt, became, ran));
    }

    void died(JobDeath death) {
        tell(observer -> observer.died(death));
    }

    void cancelled(Job job, Duration ran) {
        StartedAttempt attempt = StartedAttempt.of(job);
        tell(observer -> observer.cancelled(attempt, ran));
    }

    void snoozed(Job job, Duration ran) {
        StartedAttempt attempt = StartedAttempt.of(job);
        tell(observer -> observer.snoozed(attempt, ran));
    }

    void refused(Job job) {
        refused.incrementAndGet();
        StartedAttempt attempt = StartedAttempt.of(job);
        tell(observer -> observer.refused(attempt));
    }

    private void tell(Consumer<JobObserver> event) {
        for (JobObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (Throwable thrown) {
                unexpected(thrown);
            }
        }
    }
}
