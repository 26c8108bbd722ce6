package io.mainstay.bulk;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.search.JobFilter;
import java.util.Optional;

/**
 * One call about many jobs of a state.
 *
 * @param page which state, where to continue, and how many jobs to look at at most
 * @param token identifies the call: a repeat answers as the first did and does nothing
 * @param spread of jobs that are requeued: when each is due; empty for all now
 */
public record BulkActionRequest(
        BulkAction action, JobFilter filter, PageRequest page, String token, Optional<Spread> spread) {

    public BulkActionRequest(BulkAction action, JobFilter filter, PageRequest page, String token) {
        this(action, filter, page, token, Optional.empty());
    }

    public BulkActionRequest {
        if (!action.allows(page.state())) {
            throw new InvalidValueException("state", page.state().wireName(), "one that allows it");
        }
    }
}
