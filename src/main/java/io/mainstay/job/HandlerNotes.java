package io.mainstay.job;

/**
 * What a job's handler reported besides the outcome of attempts.
 *
 * @param progress the latest, whichever attempt said it, or null
 * @param snoozes how often it snoozed, since the enqueue or the latest requeue
 */
public record HandlerNotes(Progress progress, int snoozes) {

    public static final HandlerNotes NOTHING = new HandlerNotes(null, 0);
}
