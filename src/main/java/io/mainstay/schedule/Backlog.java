package io.mainstay.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a schedule with due runs is owed.
 *
 * @param runs that are to get a job, oldest first
 * @param next the first run that is not due yet; empty if there is none
 */
record Backlog(List<Instant> runs, Optional<Instant> next) {

    /**
     * All due runs but those that were missed and are not to be made up for. Goes backwards from now, so that a schedule
     * that was paused for a year costs no more than its latest runs.
     *
     * @param first the earliest run without a job
     * @param now the store's time
     * @param lateness runs that were due longer ago are missed
     */
    static Backlog of(Recurrence recurrence, Instant first, Instant now, Misfire misfire, Duration lateness) {
        Instant missedBefore = now.minus(lateness);
        Deque<Instant> runs = new ArrayDeque<>();
        int missed = 0;
        Optional<Instant> run = recurrence.upTo(now);
        while (run.isPresent() && !run.get().isBefore(first)) {
            if (run.get().isBefore(missedBefore) && ++missed > misfire.most()) {
                break;
            }
            runs.addFirst(run.get());
            run = recurrence.upTo(run.get().minusNanos(1));
        }
        return new Backlog(List.copyOf(runs), recurrence.after(now));
    }
}
