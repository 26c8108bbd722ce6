package io.mainstay.rest.job;

import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.search.JobFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a {@link JobFilter} from the query of a request. */
public final class JobFilterQuery {

    private static final int LONGEST_TYPE = 200;
    private static final String TIME = "a time such as 2026-11-23T04:37:37Z";
    private static final Pattern GROUP = Pattern.compile("[!-~]{1,128}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

    private JobFilterQuery() {}

    /**
     * @param from the parameter that says from when on jobs were enqueued
     * @param before the one that says before when
     */
    public static JobFilter read(MultivaluedMap<String, String> query, String from, String before) {
        return new JobFilter(
                text(query, "handler").map(HandlerName::new),
                text(query, "group").map(JobFilterQuery::group),
                text(query, "errorType").map(JobFilterQuery::errorType),
                text(query, "error").map(JobFilterQuery::fingerprint),
                text(query, from).map(value -> time(from, value)),
                text(query, before).map(value -> time(before, value)));
    }

    public static Optional<String> text(MultivaluedMap<String, String> query, String name) {
        return Optional.ofNullable(query.getFirst(name));
    }

    private static String group(String text) {
        if (!GROUP.matcher(text).matches()) {
            throw new InvalidValueException("group", text, "1 to 128 visible characters of ASCII");
        }
        return text;
    }

    private static String errorType(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TYPE) {
            throw new InvalidValueException("errorType", text, "1 to " + LONGEST_TYPE + " characters");
        }
        return text;
    }

    private static String fingerprint(String text) {
        if (!FINGERPRINT.matcher(text).matches()) {
            throw new InvalidValueException("error", text, "the fingerprint of a group of errors");
        }
        return text;
    }

    private static Instant time(String field, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            time.toEpochMilli();
            return time;
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidValueException(field, text, TIME);
        }
    }
}
