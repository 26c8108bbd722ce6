package io.mainstay.bulk;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.StateChange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cancels, requeues and deletes jobs by filter. A request is many small calls of the store one after the other, so that
 * nobody else waits for long; if one of them fails, what those before it did stays done, and the request can be sent again.
 * Thread-safe.
 */
@ApplicationScoped
class BulkActions {

    /** Most jobs that one request looks at. */
    static final int MOST = 10_000;

    private final BulkActionStore store;
    private final List<JobObserver> observers;
    private final JobIds ids;

    BulkActions(BulkActionStore store, Instance<JobObserver> observers, JobIds ids) {
        this.store = store;
        this.observers = observers.stream().toList();
        this.ids = ids;
    }

    /**
     * Looks at jobs of a state in its order and changes those that match.
     *
     * @param cursor where an earlier request stopped; empty for the start
     * @param limit most jobs to look at, 1 to {@link #MOST}
     */
    public Uni<BulkActionResult> change(
            QueueName queue, BulkAction action, JobState state, JobFilter filter, Optional<String> cursor, int limit) {
        if (!action.allows(state)) {
            throw new InvalidValueException("state", state.wireName(), statesOf(action));
        }
        Bounds.between("limit", limit, 1, MOST);
        return goOn(queue, action, state, filter, new BulkActionResult(0, cursor), limit);
    }

    private Uni<BulkActionResult> goOn(
            QueueName queue, BulkAction action, JobState state, JobFilter filter, BulkActionResult done, int left) {
        PageRequest page = new PageRequest(state, done.next(), Math.min(left, PageRequest.MOST));
        return store.change(queue, new BulkActionRequest(action, filter, page, ids.nextToken()))
                .invoke(changed -> tell(changed.changes()))
                .flatMap(changed -> {
                    BulkActionResult soFar = new BulkActionResult(done.count() + changed.count(), changed.next());
                    int rest = left - page.limit();
                    return changed.next().isEmpty() || rest == 0
                            ? Uni.createFrom().item(soFar)
                            : goOn(queue, action, state, filter, soFar, rest);
                });
    }

    private void tell(List<StateChange> changes) {
        changes.forEach(change -> observers.forEach(observer -> observer.changed(change)));
    }

    private static String statesOf(BulkAction action) {
        return Arrays.stream(JobState.values())
                .filter(action::allows)
                .map(JobState::wireName)
                .collect(Collectors.joining(", "));
    }
}
