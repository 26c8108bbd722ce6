package io.mainstay.bulk;

import io.mainstay.job.InvalidValueException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request that spreads jobs goes on, and from when. As text: the time in ms, {@code @}, and the cursor.
 *
 * @param cursor empty for the first of all jobs
 */
record SpreadCursor(Instant due, Optional<String> cursor) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})@(.*)");

    /** @throws InvalidValueException if it is none: the request before was one without a rate */
    static SpreadCursor parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException("cursor", text, "the next of an answer to a request with perMinute");
        }
        return new SpreadCursor(
                Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                Optional.of(parts.group(2)).filter(cursor -> !cursor.isEmpty()));
    }

    String text() {
        return due.toEpochMilli() + "@" + cursor.orElse("");
    }
}
