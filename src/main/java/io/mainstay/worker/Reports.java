package io.mainstay.worker;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings the reports of ended attempts to the store. Group commit: while one call of a queue is under way the next
 * reports gather, and go together when it is answered; when there is none under way they go at once. A call that fails
 * is sent again until the leases are over; then the store gives the jobs to somebody else anyway. Loop only, but for
 * {@link #unsettled()}.
 */
final class Reports {

    private static final Logger LOG = Logger.getLogger(Reports.class);

    private final Map<QueueName, ReportLine> lines = new HashMap<>();
    private final Loop loop;
    private final LeaseStore store;
    private final Tally tally;
    private final Signal signal;
    private final Supplier<Pause> pauses;
    private final Duration bound;
    private volatile int unsettled;

    /** @param bound longest wait for an answer of the store */
    Reports(Loop loop, LeaseStore store, Tally tally, Signal signal, Supplier<Pause> pauses, Duration bound) {
        this.loop = loop;
        this.store = store;
        this.tally = tally;
        this.signal = signal;
        this.pauses = pauses;
        this.bound = bound;
    }

    int unsettled() {
        return unsettled;
    }

    void add(Attempt attempt, Settlement settlement) {
        lines.computeIfAbsent(attempt.queue(), queue -> new ReportLine(queue, pauses.get()))
                .add(new Report(attempt, settlement));
        unsettled++;
        signal.raise();
    }

    /** Sends what can be sent. */
    void flush() {
        if (unsettled == 0) {
            return;
        }
        long now = System.nanoTime();
        lines.values().stream()
                .filter(line -> line.sendable(now))
                // A list first: a store that answers within the call can bring new lines.
                .toList()
                .forEach(line -> send(line, now));
    }

    private void send(ReportLine line, long now) {
        List<Report> batch = line.take(now, this::giveUp);
        if (!batch.isEmpty()) {
            List<Settlement> settlements =
                    batch.stream().map(report -> report.settlement).toList();
            loop.call(() -> store.settle(line.queue, settlements), bound, (answers, failure) -> {
                if (failure == null && answers.size() == batch.size()) {
                    answered(line, batch, answers);
                } else {
                    failed(line, batch, failure);
                }
            });
        }
    }

    private void answered(ReportLine line, List<Report> batch, List<Settled> answers) {
        line.answered();
        unsettled -= batch.size();
        signal.raise();
        for (int i = 0; i < batch.size(); i++) {
            Report report = batch.get(i);
            if (answers.get(i) instanceof Settled.Applied applied) {
                boolean snoozed = report.settlement instanceof Settlement.Snooze && applied.state() != JobState.DEAD;
                if (snoozed) {
                    tally.snoozed(report.attempt.job(), report.ran);
                } else {
                    tally.finished(report.attempt.job(), applied.state(), report.ran);
                }
            } else {
                tally.refused(report.attempt.job());
                LOG.debugf("report on job %s in queue %s refused: lease lost", report.attempt.id(), line.queue);
            }
        }
    }

    private void failed(ReportLine line, List<Report> batch, Throwable failure) {
        tally.failedCall();
        int inARow = line.pause.failed();
        Duration wait = line.pause.length();
        line.failed(batch, !Failures.storeAway(failure), System.nanoTime() + wait.toNanos());
        loop.after(wait, signal::raise);
        LOG.logf(
                inARow == 1 ? Logger.Level.WARN : Logger.Level.DEBUG,
                failure,
                "%d reports of queue %s not taken; trying again in %s",
                batch.size(),
                line.queue,
                wait);
    }

    private void giveUp(Report report) {
        unsettled--;
        tally.abandoned();
        LOG.warnf(
                "the store did not take the report on job %s in queue %s before its lease ended; the job runs again",
                report.attempt.id(), report.attempt.queue());
    }
}
