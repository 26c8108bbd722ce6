package io.mainstay.worker;

import io.mainstay.handler.Outcome;
import io.mainstay.job.Job;
import io.mainstay.queue.Settlement;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The slots that jobs run in, one for each worker: runs claimed jobs and sees to it that every attempt ends exactly once, by its handler's result or by
 * being stopped, and frees its slot in either case.
 *
 * <p>A blocking handler that ignores its interruption keeps its thread. Its slot is freed all the same, or one stuck
 * handler after the other would take all slots; the thread is counted as overdue instead, and the dispatcher
 * claims nothing while as many are overdue as may run, which bounds threads at twice the concurrency. Loop only, but
 * for the counts.
 */
final class WorkerSlots {

    private static final Logger LOG = Logger.getLogger(WorkerSlots.class);

    private static final int REPORTS_PER_WORKER = 2;

    private final RunningAttempts running = new RunningAttempts();
    private final int size;
    private final JobRunner runner;
    private final SettlementFactory settlements;
    private final ReportSender reports;
    private final WorkerEvents events;
    private final DispatchTrigger trigger;
    private int reserved;
    private boolean closed;
    private volatile int overdue;

    /** @param size jobs that may run at the same time */
    WorkerSlots(
            int size,
            JobRunner runner,
            SettlementFactory settlements,
            ReportSender reports,
            WorkerEvents events,
            DispatchTrigger trigger) {
        this.size = size;
        this.runner = runner;
        this.settlements = settlements;
        this.reports = reports;
        this.events = events;
        this.trigger = trigger;
    }

    int size() {
        return size;
    }

    int busy() {
        return running.size();
    }

    int overdue() {
        return overdue;
    }

    /** Workers that neither run a job nor are kept for one that is being claimed; may be below zero after a repeat. */
    int free() {
        return closed ? 0 : size - running.size() - reserved;
    }

    void reserve(int workers) {
        reserved += workers;
    }

    void unreserve(int workers) {
        reserved -= workers;
    }

    /** Whether so much is unfinished that nothing more should be begun. */
    boolean overloaded() {
        return overdue >= size || reports.unsettled() > REPORTS_PER_WORKER * size;
    }

    /** From now on no worker is free. */
    void close() {
        closed = true;
    }

    List<Attempt> attempts(Predicate<Attempt> condition) {
        return running.all(condition);
    }

    /**
     * Begins an attempt; one that is {@link Attempt#unconfirmed() unconfirmed} only takes its slot, until {@link #received}.
     *
     * @param leaseUntil until when the lease surely holds, by the local monotonic clock
     */
    Attempt start(Job job, String token, long leaseUntil) {
        Attempt attempt = new Attempt(job, token, leaseUntil);
        running.add(attempt);
        if (!attempt.unconfirmed()) {
            begin(attempt);
        }
        return attempt;
    }

    /** The store knows that the job was received: from now on the attempt counts, whatever becomes of it. */
    void received(Attempt attempt) {
        attempt.received = true;
        if (attempt.running() && !attempt.begun()) {
            begin(attempt);
        }
    }

    private void begin(Attempt attempt) {
        attempt.begin();
        try {
            runner.start(attempt, this::ended);
        } catch (Throwable thrown) {
            events.unexpected(thrown);
            ended(attempt, null, thrown);
        }
    }

    /** Hands back a job that was claimed but cannot be run. */
    void giveBack(Job job, String token, long leaseUntil) {
        Attempt attempt = new Attempt(job, token, leaseUntil);
        attempt.phase = Attempt.Phase.STOPPED;
        reports.add(attempt, new Settlement.Release(attempt.lease()));
    }

    void timeOut(Attempt attempt) {
        if (stop(attempt, Attempt.Phase.STOPPED)) {
            events.timedOut();
            report(attempt, settlements.timeout(attempt));
        }
    }

    /** Its lease must have ended. If its handler did not begin, that is worth telling: the attempt is not to count. */
    void leaseOver(Attempt attempt) {
        if (attempt.begun()) {
            loseLease(attempt);
        } else if (stop(attempt, Attempt.Phase.STOPPED)) {
            reports.add(attempt, new Settlement.Release(attempt.lease()));
        }
    }

    /** The job is, or may be, somebody else's by now: there is nothing to report any more. */
    void loseLease(Attempt attempt) {
        if (stop(attempt, Attempt.Phase.LOST)) {
            events.leaseLost();
            attempt.delivery.lost();
            runner.inScope(
                    attempt,
                    () -> LOG.warnf(
                            "lost the lease of job %s in queue %s, attempt %d; stopping it, its result will be dropped",
                            attempt.id(), attempt.queue(), attempt.attempt()));
        }
    }

    /** The job was ended by request; nothing that its worker says is of interest any more. */
    void cancel(Attempt attempt) {
        if (stop(attempt, Attempt.Phase.STOPPED)) {
            attempt.delivery.cancelled();
            runner.inScope(
                    attempt,
                    () -> LOG.debugf(
                            "job %s in queue %s was cancelled; stopping attempt %d",
                            attempt.id(), attempt.queue(), attempt.attempt()));
        }
    }

    /** Stops all that runs and gives it back unfinished. */
    void releaseAll() {
        for (Attempt attempt : running.all(any -> true)) {
            if (stop(attempt, Attempt.Phase.STOPPED)) {
                report(attempt, new Settlement.Release(attempt.lease()));
            }
        }
    }

    private void ended(Attempt attempt, Outcome outcome, Throwable failure) {
        if (!attempt.running()) {
            tooLate(attempt, failure);
            return;
        }
        attempt.phase = Attempt.Phase.ENDED;
        leave(attempt);
        Settlement settlement = failure == null ? settlements.of(attempt, outcome) : settlements.of(attempt, failure);
        if (settlement instanceof Settlement.Fail failed && LOG.isDebugEnabled()) {
            // The job keeps type and message; where it was thrown is only here.
            runner.inScope(
                    attempt,
                    () -> LOG.debugf(
                            failure,
                            "attempt %d of job %s in queue %s failed: %s",
                            attempt.attempt(),
                            attempt.id(),
                            attempt.queue(),
                            failed.type()));
        }
        report(attempt, settlement);
    }

    private void report(Attempt attempt, Settlement result) {
        attempt.delivery.ended(result);
        attempt.endNotes();
        reports.add(attempt, result);
    }

    private void tooLate(Attempt attempt, Throwable failure) {
        if (attempt.overdue) {
            attempt.overdue = false;
            overdue--;
            trigger.fire();
        }
        if (attempt.phase == Attempt.Phase.LOST && failure == null) {
            events.refused(attempt.job());
        }
    }

    private boolean stop(Attempt attempt, Attempt.Phase phase) {
        if (!attempt.running()) {
            return false;
        }
        attempt.phase = phase;
        leave(attempt);
        if (attempt.onThread) {
            attempt.overdue = true;
            overdue++;
        }
        attempt.cancel();
        try {
            attempt.stop.run();
        } catch (Throwable thrown) {
            events.unexpected(thrown);
        }
        return true;
    }

    private void leave(Attempt attempt) {
        running.remove(attempt);
        trigger.fire();
    }
}
