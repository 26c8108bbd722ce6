package io.mainstay.redis.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Fields of a job's hash that make up a {@link io.mainstay.job.Job}, in the order scripts return them in. */
enum JobField {
    /** What never changes but the payload, as {@link SpecText} writes it. */
    SPEC,
    /** Absent before the first. */
    ATTEMPT,
    ENQUEUED_AT,
    /** Absent while it is the time of the enqueue. */
    RUN_AT,
    ERRORS,
    /** How often it was claimed, never reset: what fences. Absent before the first claim. */
    CLAIMS,
    // From here on: what a job that waits does not have, or a claim knows without looking.
    STATE,
    STARTED_AT,
    FINISHED_AT,
    /** What its handler said last of how far it is; absent before. */
    PROGRESS,
    /** How often its handler asked to be run again later; absent before. */
    SNOOZES,
    /** Absent if there is none. May be large. */
    RESULT;

    /** The fields a claim has to read. */
    static final List<String> OF_READY_JOB = Arrays.stream(values())
            .filter(field -> field.compareTo(STATE) < 0)
            .map(JobField::wireName)
            .toList();

    /** The fields that are small. */
    static final List<String> WITHOUT_RESULT = Arrays.stream(values())
            .filter(field -> field != RESULT)
            .map(JobField::wireName)
            .toList();

    static final List<String> NAMES =
            Arrays.stream(values()).map(JobField::wireName).toList();

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
