package io.mainstay.bulk;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.search.JobFilter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
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
    private final Clock clock;
    private final Duration maxDelay;

    BulkActions(BulkActionStore store, Instance<JobObserver> observers, JobIds ids, Clock clock, JobsConfig config) {
        this.clock = clock;
        this.maxDelay = config.maxDelay();
        this.store = store;
        this.observers = observers.stream().toList();
        this.ids = ids;
    }

    /**
     * What is to be done.
     *
     * @param cursor where an earlier request stopped; empty for the start
     * @param limit most jobs to look at, 1 to {@link #MOST}
     * @param dryRun whether nothing is changed, and those are counted that match
     * @param perMinute at which rate requeued jobs become due; empty for all now
     */
    record Order(
            BulkAction action,
            JobState state,
            JobFilter filter,
            Optional<String> cursor,
            int limit,
            boolean dryRun,
            Optional<Integer> perMinute) {

        Order {
            if (!action.allows(state)) {
                throw new InvalidValueException("state", state.wireName(), statesOf(action));
            }
            Bounds.between("limit", limit, 1, MOST);
            // What changes nothing takes no time.
            perMinute = dryRun ? Optional.empty() : perMinute;
        }
    }

    /** Looks at jobs of a state in its order and changes those that match. */
    public Uni<BulkActionResult> change(QueueName queue, Order order) {
        Optional<SpreadCursor> cursor =
                order.perMinute().flatMap(rate -> order.cursor().map(SpreadCursor::parse));
        cursor.ifPresent(this::check);
        Optional<Spread> spread = order.perMinute().map(rate -> new Spread(rate, cursor.map(SpreadCursor::due)));
        Optional<String> begin = order.perMinute().isPresent() ? cursor.flatMap(SpreadCursor::cursor) : order.cursor();
        return goOn(queue, order, spread, new BulkActionResult(0, begin), order.limit());
    }

    /** No job may be due later than one can be enqueued for. */
    private void check(SpreadCursor cursor) {
        if (cursor.due().isAfter(clock.instant().plus(maxDelay))) {
            throw new InvalidValueException("cursor", cursor.text(), "at most " + maxDelay + " from now");
        }
    }

    private Uni<BulkActionResult> goOn(
            QueueName queue, Order order, Optional<Spread> spread, BulkActionResult done, int left) {
        PageRequest page = new PageRequest(order.state(), done.next(), Math.min(left, PageRequest.MOST));
        BulkActionRequest request =
                new BulkActionRequest(order.action(), order.filter(), page, ids.nextToken(), spread);
        Uni<BulkChanges> step = order.dryRun()
                ? store.count(queue, request)
                : store.change(queue, request).invoke(changed -> tell(queue, order.action(), changed));
        return step.flatMap(changed -> {
            BulkActionResult soFar = new BulkActionResult(done.count() + changed.count(), changed.next());
            Optional<Spread> rest =
                    spread.map(some -> changed.nextDue().map(some::from).orElse(some));
            int jobsLeft = left - page.limit();
            return changed.next().isEmpty() || jobsLeft == 0
                    ? Uni.createFrom().item(soFar.withNext(next(soFar, rest)))
                    : goOn(queue, order, rest, soFar, jobsLeft);
        });
    }

    private static Optional<String> next(BulkActionResult soFar, Optional<Spread> spread) {
        return soFar.next().map(next -> spread.flatMap(Spread::first)
                .map(due -> new SpreadCursor(due, Optional.of(next)).text())
                .orElse(next));
    }

    private void tell(QueueName queue, BulkAction action, BulkChanges done) {
        done.changes().forEach(change -> observers.forEach(observer -> observer.changed(change)));
        // Deleted, a job comes into no state.
        if (action == BulkAction.DELETE && done.count() > 0) {
            observers.forEach(observer -> observer.changed(queue));
        }
    }

    private static String statesOf(BulkAction action) {
        return Arrays.stream(JobState.values())
                .filter(action::allows)
                .map(JobState::wireName)
                .collect(Collectors.joining(", "));
    }
}
