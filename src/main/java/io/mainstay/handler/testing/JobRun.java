package io.mainstay.handler.testing;

import io.mainstay.handler.Outcome;
import io.mainstay.job.JobState;
import io.mainstay.job.Progress;
import io.mainstay.job.Transitions;
import io.mainstay.job.Transitions.JobEvent;
import java.util.List;
import java.util.Optional;

/** How a run of a test job ended. Immutable. */
public final class JobRun {

    /** What ended it. */
    public enum End {
        /** The handler returned an outcome. */
        RETURNED,
        /** The handler threw. */
        THREW,
        /** Its time-out passed. */
        TIMED_OUT,
        /** The test cancelled it. */
        CANCELLED
    }

    private final TestJob job;
    private final End end;
    private final Outcome outcome;
    private final Throwable failure;
    private final List<Progress> progress;
    private final List<String> log;

    JobRun(TestJob job, End end, Outcome outcome, Throwable failure, List<Progress> progress, List<String> log) {
        this.job = job;
        this.end = end;
        this.outcome = outcome;
        this.failure = failure;
        this.progress = progress;
        this.log = log;
    }

    public End end() {
        return end;
    }

    /**
     * What the handler returned.
     *
     * @throws AssertionError if it returned nothing: it threw (the cause), was stopped, or returned null
     */
    public Outcome outcome() {
        if (outcome == null) {
            String why = end == End.RETURNED ? "it returned null" : "it ended by " + end;
            throw new AssertionError("the handler has no outcome: " + why, failure);
        }
        return outcome;
    }

    /** What the handler threw. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** All progress that the handler reported, in order; the service keeps the latest. */
    public List<Progress> progress() {
        return progress;
    }

    /** Everything that the handler wrote into the job's log; the service keeps the latest 50 lines. */
    public List<String> log() {
        return log;
    }

    /** The state of the job in the service afterwards: {@code SCHEDULED} if it is retried or snoozed, {@code DEAD} after the last attempt. */
    public JobState state() {
        if (outcome instanceof Outcome.Pending) {
            return JobState.RUNNING;
        }
        return Transitions.after(JobState.RUNNING, event()).orElseThrow();
    }

    /** How the service treats it: anything other than an outcome counts as a failed attempt. */
    Outcome settled() {
        if (outcome != null) {
            return outcome;
        }
        if (end == End.TIMED_OUT) {
            return Outcome.retry("timeout", "ran longer than " + job.timeout());
        }
        if (failure != null) {
            return Outcome.retry(failure.getClass().getName(), String.valueOf(failure.getMessage()));
        }
        return Outcome.retry("no-outcome", "the handler returned null instead of an outcome");
    }

    private JobEvent event() {
        if (end == End.CANCELLED) {
            return JobEvent.CANCEL;
        }
        if (outcome instanceof Outcome.Success) {
            return JobEvent.COMPLETE;
        }
        if (outcome instanceof Outcome.Snooze) {
            return JobEvent.SNOOZE;
        }
        if (outcome instanceof Outcome.Release) {
            return JobEvent.RELEASE;
        }
        boolean again = !(outcome instanceof Outcome.Final) && job.attempt() < job.maxAttempts();
        return again ? JobEvent.RETRY : JobEvent.BURY;
    }
}
