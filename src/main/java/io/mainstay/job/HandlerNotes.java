package io.mainstay.job;

/**
 * What a job's handler said beside how attempts ended.
 *
 * @param progress the latest, whichever attempt said it, or null
 * @param snoozes how often it asked to be run again later, since the enqueue or the latest requeue
 */
public record HandlerNotes(Progress progress, int snoozes) {

    public static final HandlerNotes NOTHING = new HandlerNotes(null, 0);
}
