package io.mainstay.schedule;

/** What came of a wish to have a schedule. */
public sealed interface SchedulePut {

    /** It is there; {@code created} tells whether there was none of that name before. */
    record Stored(Schedule schedule, boolean created) implements SchedulePut {}

    /** It is new, and there are as many as there may be. */
    record Full() implements SchedulePut {}
}
