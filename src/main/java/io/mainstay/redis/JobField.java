package io.mainstay.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Fields of a job's hash that make up a {@link io.mainstay.job.Job}, in the order scripts return them in. */
enum JobField {
    STATE,
    HANDLER,
    PAYLOAD,
    PRIORITY,
    MAX_ATTEMPTS,
    BACKOFF,
    TIMEOUT_MS,
    ATTEMPT,
    ENQUEUED_AT,
    RUN_AT,
    STARTED_AT,
    FINISHED_AT,
    RESULT,
    ERRORS;

    static final List<String> NAMES =
            Arrays.stream(values()).map(JobField::wireName).toList();

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
