package io.mainstay.mirror;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Some jobs that have not ended.
 *
 * @param next where the next page begins; empty after the last one
 */
public record LivePage(List<JobVersion> jobs, Optional<Cursor> next) {

    /** The first page. */
    public static final Cursor START = new Cursor(LiveSet.HELD, "", "");

    /**
     * A place among these jobs: behind a job of a set, if it names one.
     *
     * @param score and id: both empty for the beginning of the set
     */
    public record Cursor(LiveSet set, String score, String id) {

        public Cursor {
            Objects.requireNonNull(set, "set");
        }

        /** The beginning of the next set, if there is one. */
        public Optional<Cursor> nextSet() {
            int next = set.ordinal() + 1;
            return next < LiveSet.values().length
                    ? Optional.of(new Cursor(LiveSet.values()[next], "", ""))
                    : Optional.empty();
        }
    }

    /** In the order in which jobs go through them: one that moves on is met later. Those that go back are in the outbox. */
    public enum LiveSet {
        HELD,
        SCHEDULED,
        READY,
        RUNNING
    }

    public LivePage {
        jobs = List.copyOf(jobs);
    }
}
