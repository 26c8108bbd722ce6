package io.mainstay.job;

import java.util.List;
import java.util.Objects;

/**
 * What has become of a job so far.
 *
 * @param state where it stands
 * @param attempt how many attempts were started; 0 before the first
 * @param times its moments
 * @param result what the handler returned, or null
 * @param notes what its handler said beside
 * @param errors the latest failed attempts, oldest first; the store keeps the last few
 */
public record JobStatus(
        JobState state, int attempt, Timeline times, Json result, HandlerNotes notes, List<AttemptError> errors) {

    public JobStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(notes, "notes");
        Objects.requireNonNull(times, "times");
        errors = List.copyOf(errors);
    }

    /** The same with another result. */
    public JobStatus withResult(Json other) {
        return new JobStatus(state, attempt, times, other, notes, errors);
    }

    /** How far it is, as its handler said last; null if it said nothing. */
    public Progress progress() {
        return notes.progress();
    }
}
