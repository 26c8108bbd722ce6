package io.mainstay.job;

import java.util.List;
import java.util.Objects;

/**
 * The state of a job so far.
 *
 * @param state its state
 * @param starts how often it was started
 * @param times its moments
 * @param result what the handler returned, or null
 * @param notes what its handler reported besides
 * @param errors the latest failed attempts, oldest first; the store keeps the last few
 */
public record JobStatus(
        JobState state, Starts starts, Timeline times, Json result, HandlerNotes notes, List<AttemptError> errors) {

    /**
     * How often a job was begun.
     *
     * @param attempt how many attempts were started since the enqueue or the latest requeue; 0 before the first
     * @param claims how often it was claimed, never reset: rises with every claim
     * @param reruns how often it was requeued or snoozed after it had been claimed, never reset
     */
    public record Starts(int attempt, long claims, int reruns) {

        public static final Starts NONE = new Starts(0, 0, 0);
    }

    public JobStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(starts, "starts");
        Objects.requireNonNull(notes, "notes");
        Objects.requireNonNull(times, "times");
        errors = List.copyOf(errors);
    }

    /** Of a job that was never given back, requeued or snoozed. */
    public JobStatus(
            JobState state, int attempt, Timeline times, Json result, HandlerNotes notes, List<AttemptError> errors) {
        this(state, new Starts(attempt, attempt, 0), times, result, notes, errors);
    }

    /** How many attempts were started; 0 before the first. */
    public int attempt() {
        return starts.attempt();
    }

    /** The same with another result. */
    public JobStatus withResult(Json other) {
        return new JobStatus(state, starts, times, other, notes, errors);
    }

    /** How far it is, as its handler said last; null if it said nothing. */
    public Progress progress() {
        return notes.progress();
    }
}
