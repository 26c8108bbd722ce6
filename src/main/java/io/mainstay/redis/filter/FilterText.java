package io.mainstay.redis.filter;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.search.JobFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A {@link JobFilter} as scripts take it, see {@code lib/matching.lua}. */
public final class FilterText {

    private FilterText() {}

    public static List<String> of(JobFilter filter) {
        return List.of(
                filter.handler().map(HandlerName::value).orElse(""),
                filter.group().orElse(""),
                filter.errorType().orElse(""),
                filter.error().orElse(""),
                firstMillisecond(filter.enqueuedFrom()),
                firstMillisecond(filter.enqueuedBefore()));
    }

    /** Redis keeps milliseconds: what is between two of them begins with the next. */
    private static String firstMillisecond(Optional<Instant> time) {
        return time.map(instant -> {
                    long ms = instant.toEpochMilli();
                    return Long.toString(Instant.ofEpochMilli(ms).isBefore(instant) ? ms + 1 : ms);
                })
                .orElse("");
    }
}
