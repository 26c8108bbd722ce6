package io.mainstay.job;

import java.util.Locale;

/**
 * Where a job stands. The set is closed; which event leads from where to where is in {@link Transitions}.
 *
 * <ul>
 *   <li>{@link #BLOCKED}: waits for other jobs of its flow; its flow put it there
 *   <li>{@link #SCHEDULED}: not due yet; enqueue with a delay, a failed attempt, or a snooze put it there
 *   <li>{@link #READY}: due and waiting for a worker; enqueue, the sweep, a release or a requeue put it there
 *   <li>{@link #RUNNING}: leased by a worker; only a claim puts it there
 *   <li>{@link #SUCCEEDED}: ended well; the worker that held the lease said so
 *   <li>{@link #DEAD}: ended badly; attempts spent, failed for good, or unreadable
 *   <li>{@link #CANCELLED}: ended by request
 * </ul>
 */
public enum JobState {
    BLOCKED,
    SCHEDULED,
    READY,
    RUNNING,
    SUCCEEDED,
    DEAD,
    CANCELLED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name used in Redis and in JSON. */
    public String wireName() {
        return wireName;
    }

    /** Whether a job in this state is over; only {@link Transitions.JobEvent#REQUEUE} leads out again. */
    public boolean ended() {
        return this == SUCCEEDED || this == DEAD || this == CANCELLED;
    }

    /**
     * @param field what to call the value in the error
     * @throws InvalidValueException if no state has that wire name
     */
    public static JobState ofWireName(String field, String value) {
        for (JobState state : values()) {
            if (state.wireName.equals(value)) {
                return state;
            }
        }
        throw new InvalidValueException(
                field, value, "one of blocked, scheduled, ready, running, succeeded, dead, cancelled");
    }
}
