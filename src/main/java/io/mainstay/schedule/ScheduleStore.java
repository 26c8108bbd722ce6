package io.mainstay.schedule;

import io.mainstay.job.ScheduleName;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps schedules. The rules of {@link JobStore} hold here too: every call may be repeated, and time is the store's own.
 * It knows nothing of cron: callers work out the next run.
 */
public interface ScheduleStore {

    /**
     * Makes or changes a schedule. One that is there as wanted is left as it is; so are the next run and the epoch of
     * one whose timing is there as wanted, so that no run that is due gets lost.
     *
     * @param next its first run, if the timing is new
     * @param revision identifies this call: a repeat of it changes nothing
     * @param most schedules there may be in all
     */
    Uni<SchedulePut> put(ScheduleName name, ScheduleSpec spec, NextRun next, String revision, int most);

    Uni<ScheduleSighting> find(ScheduleName name);

    /**
     * One page, by name.
     *
     * @param after the name where the page before ended; empty for the first
     */
    Uni<SchedulePage> list(Optional<String> after, int limit);

    /** Completes when there is none of that name. */
    Uni<Void> delete(ScheduleName name);

    /** Stops ({@code true}) or resumes its runs; empty if there is none. */
    Uni<Optional<Schedule>> setPaused(ScheduleName name, boolean paused);

    /**
     * Schedules whose next run is due, not paused, the longest waiting first; and those whose next run is ahead, but was
     * {@link NextRun#timedAt worked out} by a later time than the store's clock shows: it must be worked out again. They are
     * nobody else's for as long as the lease, then they are due again unless {@link #advance advanced}. A clock that goes back
     * makes no lease longer. A repeat of the latest claim of a claimant (same
     * token) answers with the same ones.
     *
     * @param claimant who asks
     * @param token of this claim
     */
    Uni<DueSchedules> claim(String claimant, String token, int max, Duration lease);

    /**
     * How soon a {@link #claim} may find something, zero if it may now; empty if there is nothing to find. Costs the store next
     * to nothing. Steps back of its clock by less than a second may go unnoticed.
     */
    Uni<Optional<Duration>> nextDue();

    /**
     * Says that all runs before {@code next} got what was due to them; one before the run of {@code seen} says that the
     * clock went back, and counts as one more of {@link Schedule#rewinds}. Does nothing if the next run of {@code seen} is
     * not the next one any more, or its timing changed.
     *
     * @param seen as it was claimed
     * @param last the latest run that got a job; empty if none did
     * @return whether it did
     */
    Uni<Boolean> advance(Schedule seen, NextRun next, Optional<Schedule.Run> last);
}
