package io.mainstay.redis.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Fields of a job's hash that make up a {@link io.mainstay.job.Job}, in the order scripts return them in. */
enum JobField {
    /** What never changes but the payload, as {@link SpecText} writes it. */
    SPEC("s"),
    ENQUEUED_AT("e"),
    /** Absent while it is the time of the enqueue. */
    RUN_AT("d"),
    /** How often it was claimed, never reset: what fences. Absent before the first claim. */
    CLAIMS("c"),
    // From here on: what a job that was never claimed or moved does not have.
    /** Absent before the first. */
    ATTEMPT("a"),
    ERRORS("errors"),
    /** How often it was requeued or snoozed, never reset; absent before. */
    RERUNS("reruns"),
    /** How often its handler asked to be run again later; absent before. */
    SNOOZES("snoozes"),
    // From here on: what a job that waits does not have, or a claim knows without looking.
    STATE("state"),
    STARTED_AT("b"),
    FINISHED_AT("f"),
    /** What its handler said last of how far it is; absent before. */
    PROGRESS("progress"),
    /** Absent if there is none. May be large. */
    RESULT("result");

    /** The fields that a claim reads of every job: they tell whether it has more. */
    static final List<String> OF_NEW_JOB = before(ATTEMPT);

    /** The fields that a claim reads of a job that is not new. */
    static final List<String> OF_READY_JOB = before(STATE);

    /** The fields that are small. */
    static final List<String> WITHOUT_RESULT = Arrays.stream(values())
            .filter(field -> field != RESULT)
            .map(JobField::wireName)
            .toList();

    static final List<String> NAMES =
            Arrays.stream(values()).map(JobField::wireName).toList();

    private final String wireName;

    JobField(String wireName) {
        this.wireName = wireName;
    }

    private static List<String> before(JobField end) {
        return Arrays.stream(values())
                .filter(field -> field.compareTo(end) < 0)
                .map(JobField::wireName)
                .toList();
    }

    /** Of the field in the hash: a letter where every job has it, see {@code lib/fields.lua}. */
    String wireName() {
        return wireName;
    }

    /** What scripts call its place in an answer. */
    String scriptName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
