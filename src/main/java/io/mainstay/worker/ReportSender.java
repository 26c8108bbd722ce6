package io.mainstay.worker;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.attempt.StartedAttempt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Brings the reports of ended attempts to the store. Group commit: while one call of a queue is under way the next
 * reports gather, and go together when it is answered; when there is none under way they go at once. A call that fails
 * is sent again until the leases are over; then the store gives the jobs to somebody else anyway. Loop only, but for
 * {@link #unsettled()}.
 */
@Singleton
final class ReportSender {

    private static final Logger LOG = Logger.getLogger(ReportSender.class);

    /** Queues with a buffer; beyond, those that have nothing lose theirs. */
    private static final int MOST_IDLE = 64;

    private final Map<QueueName, ReportBuffer> buffers = new HashMap<>();
    private final WorkerLoop loop;
    private final LeaseStore store;
    private final WorkerEvents events;
    private final ProgressReporter progress;
    /** Longest wait for an answer of the store. */
    private final Duration bound;

    private volatile int unsettled;

    ReportSender(WorkerLoop loop, LeaseStore store, ProgressReporter progress, LeaseConfig lease) {
        this.loop = loop;
        this.store = store;
        this.events = loop.events();
        this.progress = progress;
        this.bound = lease.duration();
    }

    int unsettled() {
        return unsettled;
    }

    void add(Attempt attempt, Settlement settlement) {
        progress.ended(attempt);
        buffers.computeIfAbsent(attempt.place(), ReportBuffer::new).add(new PendingReport(attempt, settlement));
        unsettled++;
        loop.dispatchSoon();
    }

    /** Sends what can be sent: what attempts said before how they ended, so that who waits for an end finds all of it. */
    void flush() {
        progress.flush();
        if (unsettled == 0) {
            return;
        }
        long now = System.nanoTime();
        buffers.values().stream()
                .filter(buffer -> buffer.sendable(now))
                // A list first: a store that answers within the call can bring new buffers.
                .toList()
                .forEach(buffer -> send(buffer, now));
    }

    private void send(ReportBuffer buffer, long now) {
        List<PendingReport> batch = buffer.take(now, this::giveUp);
        if (!batch.isEmpty()) {
            List<Settlement> settlements =
                    batch.stream().map(report -> report.settlement).toList();
            loop.call(() -> store.settle(buffer.queue, settlements), bound, (answers, failure) -> {
                if (failure == null && answers.size() == batch.size()) {
                    answered(buffer, batch, answers);
                } else {
                    failed(buffer, batch, failure);
                }
            });
        }
    }

    private void answered(ReportBuffer buffer, List<PendingReport> batch, List<Settled> answers) {
        buffer.answered();
        if (buffers.size() > MOST_IDLE) {
            buffers.values().removeIf(ReportBuffer::idle);
        }
        unsettled -= batch.size();
        loop.dispatchSoon();
        for (int i = 0; i < batch.size(); i++) {
            PendingReport report = batch.get(i);
            if (report.settlement instanceof Settlement.Pend) {
                // Nothing has ended. If it was refused, the job was cancelled, or somebody reported and it went on.
                continue;
            }
            if (answers.get(i) instanceof Settled.Applied applied) {
                boolean snoozed = report.settlement instanceof Settlement.Snooze && applied.state() != JobState.DEAD;
                if (snoozed) {
                    events.snoozed(report.attempt.job(), report.ran);
                } else {
                    events.finished(report.attempt.job(), applied.state(), report.ran);
                    if (applied.state() == JobState.DEAD) {
                        events.died(JobDeath.reported(StartedAttempt.of(report.attempt.job()), report.settlement));
                    }
                }
            } else {
                events.refused(report.attempt.job());
                LOG.debugf("report on job %s in queue %s refused: lease lost", report.attempt.id(), buffer.queue);
            }
        }
    }

    private void failed(ReportBuffer buffer, List<PendingReport> batch, Throwable failure) {
        events.failedCall();
        int inARow = buffer.backoff.failed();
        Duration wait = buffer.backoff.delay();
        buffer.failed(batch, !WorkerLoop.storeUnavailable(failure), System.nanoTime() + wait.toNanos());
        loop.after(wait, loop::dispatchSoon);
        LOG.logf(
                inARow == 1 ? Logger.Level.WARN : Logger.Level.DEBUG,
                failure,
                "%d reports of queue %s got no answer; trying again in %s",
                batch.size(),
                buffer.queue,
                wait);
    }

    private void giveUp(PendingReport report) {
        unsettled--;
        events.abandoned();
        LOG.warnf(
                "the report on job %s in queue %s was not accepted before its lease ended; the job runs again",
                report.attempt.id(), report.attempt.queue());
    }
}
