package io.mainstay.bulk;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobState;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.rest.WholeNumber;
import io.mainstay.rest.job.JobFilterQuery;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/**
 * Which jobs a request about many means, from its query. A condition that is given twice would have the request change
 * other jobs than its sender means; unknown ones are refused before, as in all queries.
 */
record JobSelection(
        Optional<JobState> state,
        JobFilter filter,
        Optional<String> cursor,
        int limit,
        boolean dryRun,
        Optional<Integer> perMinute) {

    private static final int USUAL_LIMIT = 1000;

    static JobSelection of(MultivaluedMap<String, String> query) {
        query.forEach(JobSelection::checkOnce);
        return new JobSelection(
                JobFilterQuery.text(query, "state").map(name -> JobState.ofWireName("state", name)),
                JobFilterQuery.read(query, "enqueuedFrom", "enqueuedBefore"),
                JobFilterQuery.text(query, "cursor"),
                JobFilterQuery.text(query, "limit")
                        .map(value -> WholeNumber.parse("limit", value))
                        .orElse(USUAL_LIMIT),
                JobFilterQuery.text(query, "dryRun").map(JobSelection::flag).orElse(false),
                JobFilterQuery.text(query, "perMinute").map(value -> WholeNumber.parse("perMinute", value)));
    }

    /** The same with what a body says, too. */
    JobSelection with(RequeueRequest body) {
        JobFilter both = new JobFilter(
                once("handler", filter.handler(), body.handler()),
                filter.group(),
                once("errorType", filter.errorType(), body.errorType()),
                filter.error(),
                filter.enqueuedFrom(),
                filter.enqueuedBefore());
        return new JobSelection(state, both, once("cursor", cursor, body.cursor()), limit, dryRun, perMinute);
    }

    static InvalidValueException withoutState() {
        return new InvalidValueException("state", null, "given");
    }

    private static boolean flag(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidValueException("dryRun", value, "true or false");
        }
        return value.equals("true");
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
}
