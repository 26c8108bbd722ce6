package io.mainstay.worker;

import io.mainstay.handler.Outcome;
import io.mainstay.job.Job;
import io.mainstay.queue.Settlement;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The slots that jobs run in, one for each worker: runs claimed jobs and sees to it that every attempt ends exactly
 * once, by its handler's result or by being stopped, and frees its slot in either case.
 *
 * <p>A blocking handler that ignores its interruption keeps its thread. Its slot is freed nevertheless, or one stuck
 * handler after the other would take all slots; the thread is counted as overdue instead, and the dispatcher claims
 * nothing while as many are overdue as may run, which bounds threads at twice the concurrency. Loop only, but for the
 * counts.
 */
@Singleton
final class WorkerSlots {

    private static final int REPORTS_PER_WORKER = 2;

    private final Set<Attempt> running = new LinkedHashSet<>();
    /** Stopped, and their handlers still hold a thread. */
    private final Set<Attempt> overdue = new HashSet<>();

    private final int size;
    private final JobRunner runner;
    private final SettlementFactory settlements;
    private final ReportSender reports;
    private final WorkerLoop loop;
    private final WorkerEvents events;
    private final AttemptLog log;
    private int reserved;
    private volatile boolean closed;
    private volatile int busyCount;
    private volatile int overdueCount;

    WorkerSlots(
            WorkerConfig config,
            JobRunner runner,
            SettlementFactory settlements,
            ReportSender reports,
            WorkerLoop loop) {
        this.size = config.concurrency();
        this.runner = runner;
        this.settlements = settlements;
        this.reports = reports;
        this.loop = loop;
        this.events = loop.events();
        this.log = new AttemptLog(loop);
    }

    int size() {
        return size;
    }

    int busy() {
        return busyCount;
    }

    int overdue() {
        return overdueCount;
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
        return overdueCount >= size || unsettled() > REPORTS_PER_WORKER * size;
    }

    /** Reports of ended attempts that the store has not answered yet. Any thread. */
    int unsettled() {
        return reports.unsettled();
    }

    /** From now on no worker is free. */
    void close() {
        closed = true;
    }

    /** Any thread. */
    boolean closed() {
        return closed;
    }

    /** A copy, so that what is done about them may remove them. */
    List<Attempt> attempts(Predicate<Attempt> condition) {
        List<Attempt> found = new ArrayList<>();
        for (Attempt attempt : running) {
            if (condition.test(attempt)) {
                found.add(attempt);
            }
        }
        return found;
    }

    /**
     * Begins an attempt; one that is {@link Attempt#unconfirmed() unconfirmed} only takes its slot, until {@link #extended}.
     *
     * @param leaseUntil until when the lease surely holds, by the local monotonic clock
     */
    Attempt start(Job job, String token, long leaseUntil) {
        Attempt attempt = new Attempt(job, token, leaseUntil);
        running.add(attempt);
        busyCount = running.size();
        if (!attempt.unconfirmed()) {
            begin(attempt);
        }
        return attempt;
    }

    /** The store knows that the job was received: from now on the attempt counts, whatever becomes of it. */
    void extended(Attempt attempt, long leaseUntil) {
        attempt.extendedTo(leaseUntil);
        if (!attempt.begun()) {
            begin(attempt);
        }
    }

    private void begin(Attempt attempt) {
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
        attempt.stop(Attempt.Phase.STOPPED);
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
            attempt.delivery().lost();
            log.lost(attempt);
        }
    }

    /** The job was ended by request; nothing that its worker says is of interest any more. */
    void cancel(Attempt attempt) {
        if (stop(attempt, Attempt.Phase.STOPPED)) {
            attempt.delivery().cancelled();
            log.cancelled(attempt);
        }
    }

    /** Stops all that runs and gives it back unfinished. */
    void releaseAll() {
        for (Attempt attempt : attempts(any -> true)) {
            if (stop(attempt, Attempt.Phase.STOPPED)) {
                report(attempt, new Settlement.Release(attempt.lease()));
            }
        }
    }

    private void ended(Attempt attempt, Outcome outcome, Throwable failure) {
        if (!attempt.active()) {
            tooLate(attempt, failure);
            return;
        }
        attempt.end();
        leave(attempt);
        Settlement settlement = failure == null ? settlements.of(attempt, outcome) : settlements.of(attempt, failure);
        if (settlement instanceof Settlement.Fail failed) {
            log.failed(attempt, failed.type(), failure);
        }
        report(attempt, settlement);
    }

    private void report(Attempt attempt, Settlement result) {
        attempt.delivery().ended(result);
        if (result instanceof Settlement.Fail) {
            events.failing(attempt.job());
        }
        reports.add(attempt, result);
    }

    private void tooLate(Attempt attempt, Throwable failure) {
        if (overdue.remove(attempt)) {
            overdueCount = overdue.size();
            loop.dispatchSoon();
        }
        if (attempt.lost() && failure == null) {
            events.refused(attempt.job());
        }
    }

    private boolean stop(Attempt attempt, Attempt.Phase phase) {
        if (!attempt.active()) {
            return false;
        }
        leave(attempt);
        if (attempt.holdsThread()) {
            overdue.add(attempt);
            overdueCount = overdue.size();
        }
        try {
            attempt.stop(phase);
        } catch (Throwable thrown) {
            events.unexpected(thrown);
        }
        return true;
    }

    private void leave(Attempt attempt) {
        running.remove(attempt);
        busyCount = running.size();
        loop.dispatchSoon();
    }
}
