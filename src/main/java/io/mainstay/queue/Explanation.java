package io.mainstay.queue;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What holds a job where it stands, all of it as of one moment of the store.
 *
 * @param job as it was then; its payload is not to be relied on, a store need not load it
 * @param at that moment, by the store's clock
 * @param paused whether the queue starts no jobs
 * @param running how many jobs of the queue were running; those whose lease was over count until they are taken over
 * @param ahead how many ready jobs were before it in line; there for a ready job only
 * @param lease there for a running job only
 * @param waiting of a ready job: what it waits for
 */
public record Explanation(
        Job job,
        Instant at,
        boolean paused,
        long running,
        OptionalLong ahead,
        Optional<HeldLease> lease,
        Waiting waiting) {

    /**
     * A lease that runs, or is over and was not taken from its holder yet.
     *
     * @param until when it is over unless it is extended
     * @param holder the instance that claimed the job, if its token tells
     */
    public record HeldLease(Instant until, Optional<String> holder) {

        public HeldLease {
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(holder, "holder");
        }
    }

    /**
     * What a ready job waits for.
     *
     * @param limit what holds it, if it could start otherwise: a limit, an order, a paused handler
     * @param blockers the jobs that must end first, where it is up to such: some of them, those first that are in their state for longest
     * @param busiest of a job in line: the target that most of the queue's running jobs go to, if they have one
     */
    public record Waiting(Optional<WaitReason> limit, List<Blocker> blockers, Optional<BusyTarget> busiest) {

        /** For nothing that is known. */
        public static final Waiting NOTHING = new Waiting(Optional.empty(), List.of(), Optional.empty());

        public Waiting {
            Objects.requireNonNull(limit, "limit");
            blockers = List.copyOf(blockers);
            Objects.requireNonNull(busiest, "busiest");
        }
    }

    /** @param since when it came into its state */
    public record Blocker(JobId id, JobState state, Instant since) {}

    /**
     * @param jobs how many of the running jobs go there
     * @param of how many were looked at, a bounded number
     */
    public record BusyTarget(String target, int jobs, int of) {

        /** Whether most of the running jobs go there. */
        public boolean isMost() {
            return 2 * jobs > of;
        }
    }

    public Explanation {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(ahead, "ahead");
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(waiting, "waiting");
    }

    public WaitReason reason() {
        return switch (job.state()) {
            case BLOCKED -> WaitReason.WAITING_FOR_PARENTS;
            case SCHEDULED -> scheduled();
            case READY -> ready();
            case RUNNING -> leaseOver() ? WaitReason.LEASE_OVER : WaitReason.RUNNING;
            case SUCCEEDED, DEAD, CANCELLED -> WaitReason.ENDED;
        };
    }

    /** The latest error that is kept, from whichever attempt. */
    public Optional<AttemptError> lastError() {
        List<AttemptError> errors = job.status().errors();
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors.get(errors.size() - 1));
    }

    private WaitReason ready() {
        if (expired()) {
            return WaitReason.EXPIRED;
        }
        if (pastDeadline()) {
            return WaitReason.DEADLINE_PASSED;
        }
        return paused ? WaitReason.PAUSED : waiting.limit().orElse(WaitReason.IN_LINE);
    }

    private boolean expired() {
        Duration expiresIn = job.spec().options().expiresIn();
        return expiresIn != null
                && job.status().attempt() == 0
                && !job.status().times().runAt().plus(expiresIn).isAfter(at);
    }

    private boolean pastDeadline() {
        return job.deadline().filter(deadline -> !deadline.isAfter(at)).isPresent();
    }

    private WaitReason scheduled() {
        if (expired()) {
            return WaitReason.EXPIRED;
        }
        if (pastDeadline()) {
            return WaitReason.DEADLINE_PASSED;
        }
        if (!job.status().times().runAt().isAfter(at)) {
            return paused ? WaitReason.PAUSED : WaitReason.DUE;
        }
        if (snoozed()) {
            return WaitReason.SNOOZED;
        }
        // Only a failed attempt brings a job with attempts behind it here.
        return job.status().attempt() > 0 ? WaitReason.BACKOFF : WaitReason.NOT_DUE;
    }

    /** If the run that began last had failed, the latest error would be of it. */
    private boolean snoozed() {
        JobStatus status = job.status();
        Instant failed = lastError().map(AttemptError::startedAt).orElse(null);
        return status.notes().snoozes() > 0
                && status.times().startedAt() != null
                && !status.times().startedAt().equals(failed);
    }

    private boolean leaseOver() {
        return lease.map(held -> !held.until().isAfter(at)).orElse(job.state() == JobState.RUNNING);
    }
}
