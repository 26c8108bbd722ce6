package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Transitions.JobEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What each claim from a queue of the in-memory store does first: jobs whose lease is over, or whose time has come, are ready. */
final class TwinSweep {

    private final Map<JobId, TwinJob> jobs;
    private final TwinLines lines;
    private final TwinLeaseClock clock;
    private final LongSupplier arrivals;
    private final int limit;
    private final List<JobDeath> died = new ArrayList<>();

    /**
     * @param arrivals gives out places in line
     * @param limit most jobs of each kind
     */
    TwinSweep(Map<JobId, TwinJob> jobs, TwinLines lines, TwinLeaseClock clock, LongSupplier arrivals, int limit) {
        this.jobs = jobs;
        this.lines = lines;
        this.clock = clock;
        this.arrivals = arrivals;
        this.limit = limit;
    }

    /** Jobs that the latest claim ended as dead. */
    List<JobDeath> died() {
        return List.copyOf(died);
    }

    void died(TwinJob job, String type) {
        died.add(
                new JobDeath(job.asked.queue(), job.asked.id(), job.asked.spec().handler(), job.attempt, type, false));
    }

    int limit() {
        return limit;
    }

    /** How many attempts were given back. */
    int sweep(Instant now) {
        died.clear();
        int returned = (int) first(JobState.RUNNING, job -> !job.leaseUntil.isAfter(clock.leaseTime(now))).stream()
                .filter(job -> rescue(job, now))
                .count();
        first(JobState.SCHEDULED, job -> !job.runAt.isAfter(now)).forEach(this::promote);
        lines.sweep(now);
        return returned;
    }

    void promote(TwinJob job) {
        job.move(JobEvent.PROMOTE);
        // One that keeps the order of its group is back in its old place.
        if (!job.isOrdered() || job.startedAt == null) {
            job.arrival = arrivals.getAsLong();
        }
        lines.entered(job);
    }

    private List<TwinJob> first(JobState state, Predicate<TwinJob> over) {
        return jobs.values().stream()
                .filter(job -> job.state() == state && over.test(job))
                .sorted(Comparator.comparing(Place::of, Place.order(state)))
                .limit(limit)
                .toList();
    }

    /** Nobody reported on a job that was pending. */
    private void timeOut(TwinJob job, Instant now) {
        job.addAttemptError(now, "timeout", "nobody reported on it until its time-out");
        job.forgetLease();
        boolean again = job.pendingWait != null && job.hasAttemptsLeft();
        // The others of its group wait for one that keeps the order.
        if (!again || !job.isOrdered()) {
            lines.freeSlot(job);
        }
        if (again) {
            job.move(JobEvent.RETRY);
            job.putOff(job.pendingWait, now);
        } else {
            job.move(JobEvent.BURY);
            job.finishedAt = now;
            job.oweFlow(now);
            died(job, "timeout");
        }
    }

    /** Whether it got its attempt back. */
    private boolean rescue(TwinJob job, Instant now) {
        if (job.pendingOf == job.claims) {
            timeOut(job, now);
            return false;
        }
        boolean returned = job.received != job.claims && job.returned < LeaseStore.RETURNS;
        if (returned) {
            job.addAttemptError(now, "not-received", "its worker was not heard of since it was given the job");
            job.returned++;
            job.attempt--;
        } else {
            job.addAttemptError(now, "lease-expired", "the lease ran out before the worker reported");
        }
        job.forgetLease();
        lines.freeSlot(job);
        if (returned || job.hasAttemptsLeft()) {
            job.move(JobEvent.RESCUE);
            lines.entered(job);
        } else {
            job.move(JobEvent.BURY);
            job.finishedAt = now;
            job.oweFlow(now);
            died(job, "lease-expired");
        }
        return returned;
    }
}
