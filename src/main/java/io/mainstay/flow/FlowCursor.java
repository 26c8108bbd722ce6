package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.InvalidValueException;
import java.util.Comparator;

/**
 * Where a page of flows ended.
 *
 * @param createdMs when its last flow was made, in ms since 1970
 * @param id of that flow; empty if all that were made before that time come next
 */
public record FlowCursor(long createdMs, String id) {

    /** The latest first. */
    static final Comparator<FlowCursor> ORDER = Comparator.comparingLong(FlowCursor::createdMs)
            .thenComparing(FlowCursor::id)
            .reversed();

    private static final char SEPARATOR = '_';

    /** Where flows begin that were made before a time. */
    static FlowCursor before(long ms) {
        return new FlowCursor(ms, "");
    }

    /** @throws InvalidValueException if it is none */
    static FlowCursor parse(String text) {
        try {
            int separator = text.indexOf(SEPARATOR);
            String time = text.substring(0, Math.max(0, separator));
            if (time.matches("\\d{1,15}")) {
                String id = text.substring(separator + 1);
                return new FlowCursor(Long.parseLong(time), id.isEmpty() ? id : new FlowId(id).value());
            }
        } catch (InvalidValueException e) {
            // Said below, in the words of the parameter.
        }
        throw new InvalidValueException("cursor", text, "the 'next' of a page");
    }

    /** What comes next was made no later than this. */
    long latestMs() {
        return id.isEmpty() ? createdMs - 1 : createdMs;
    }

    String text() {
        return Long.toString(createdMs) + SEPARATOR + id;
    }
}
