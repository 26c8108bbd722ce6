package io.mainstay.bulk;

import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobState;
import io.mainstay.rest.WholeNumber;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Which jobs a request about many means, from its query. A condition that is given twice would have the request change
 * other jobs than its sender means; unknown ones are refused before, as in all queries.
 */
record JobSelection(Optional<JobState> state, JobFilter filter, Optional<String> cursor, int limit) {

    private static final int USUAL_LIMIT = 1000;
    private static final int LONGEST_TYPE = 200;
    private static final String TIME = "a time such as 2026-11-23T04:37:37Z";

    static JobSelection of(MultivaluedMap<String, String> query) {
        query.forEach(JobSelection::checkOnce);
        return new JobSelection(
                text(query, "state").map(name -> JobState.ofWireName("state", name)),
                new JobFilter(
                        text(query, "handler").map(HandlerName::new),
                        text(query, "errorType").map(JobSelection::errorType),
                        text(query, "enqueuedFrom").map(value -> time("enqueuedFrom", value)),
                        text(query, "enqueuedBefore").map(value -> time("enqueuedBefore", value))),
                text(query, "cursor"),
                text(query, "limit")
                        .map(value -> WholeNumber.parse("limit", value))
                        .orElse(USUAL_LIMIT));
    }

    /** The same with what a body says, too. */
    JobSelection with(RequeueRequest body) {
        JobFilter both = new JobFilter(
                once("handler", filter.handler(), body.handler()),
                once("errorType", filter.errorType(), body.errorType()),
                filter.enqueuedFrom(),
                filter.enqueuedBefore());
        return new JobSelection(state, both, once("cursor", cursor, body.cursor()), limit);
    }

    static InvalidValueException withoutState() {
        return new InvalidValueException("state", null, "given");
    }

    private static void checkOnce(String name, List<String> values) {
        if (values.size() > 1) {
            throw new InvalidValueException(name, String.join(" and ", values), "given once");
        }
    }

    private static <T> Optional<T> once(String field, Optional<T> query, Optional<T> body) {
        if (query.isPresent() && body.isPresent()) {
            throw new InvalidValueException(field, body.get(), "given once, in the query or in the body");
        }
        return query.or(() -> body);
    }

    private static Optional<String> text(MultivaluedMap<String, String> query, String name) {
        return Optional.ofNullable(query.getFirst(name));
    }

    private static String errorType(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TYPE) {
            throw new InvalidValueException("errorType", text, "1 to " + LONGEST_TYPE + " characters");
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
