package io.mainstay.flow;

import io.mainstay.job.Bounds;
import java.util.Optional;

/**
 * Asks for one page of flows.
 *
 * @param state only those; empty for all
 * @param cursor where the page before ended; empty for the first
 * @param limit most flows on the page, 1 to {@link #MOST}
 */
public record FlowQuery(Optional<FlowState> state, Optional<FlowCursor> cursor, int limit) {

    public static final int MOST = 200;

    public FlowQuery {
        Bounds.between("limit", limit, 1, MOST);
    }

    /** The same, but as many as there may be on a page. */
    FlowQuery whole() {
        return new FlowQuery(state, cursor, MOST);
    }

    /** No flow of the page was made after this, in ms since 1970. */
    long latestMs() {
        return cursor.map(FlowCursor::latestMs).orElse(Long.MAX_VALUE);
    }
}
