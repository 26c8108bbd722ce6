package io.mainstay.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.StateChange;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.TestObservers;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.redis.Configured;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BulkActionsTest {

    private static final QueueName QUEUE = new QueueName("orders");
    private static final int JOBS = 2 * PageRequest.MOST + 1;

    private final TestClock clock = new TestClock();
    private final InMemoryJobStore store = new InMemoryJobStore(clock);
    private final List<StateChange> observed = new ArrayList<>();
    private final List<QueueName> changed = new ArrayList<>();
    private final JobObserver observer = new JobObserver() {
        @Override
        public void changed(StateChange change) {
            observed.add(change);
        }

        @Override
        public void changed(QueueName queue) {
            changed.add(queue);
        }
    };
    private final BulkActions many = new BulkActions(
            store,
            new TestObservers(List.of(observer)),
            new JobIds(),
            clock,
            Configured.by(JobsConfig.class, Map.of("mainstay.jobs.max-delay", "P1D")));

    @Test
    void oneRequestIsAsManyCallsAsItTakes() {
        enqueueAll();

        assertThat(cancel(Optional.empty(), BulkActions.MOST)).isEqualTo(new BulkActionResult(JOBS, Optional.empty()));
        assertThat(observed).hasSize(JOBS).allMatch(change -> change.state() == JobState.CANCELLED);
    }

    @Test
    void requestEndsAtItsLimitAndIsGoneOnWith() {
        enqueueAll();

        BulkActionResult first = cancel(Optional.empty(), JOBS - 1);
        assertThat(first.count()).isEqualTo(JOBS - 1);
        assertThat(first.next()).isPresent();
        assertThat(cancel(first.next(), 1)).isEqualTo(new BulkActionResult(1, Optional.empty()));
    }

    @Test
    void onlyDeletedJobsAreToldOfAsAChangeOfTheirQueue() {
        enqueueAll();
        cancel(Optional.empty(), 1);
        assertThat(changed).isEmpty();
        BulkActions.Order delete = new BulkActions.Order(
                BulkAction.DELETE, JobState.CANCELLED, JobFilter.ALL, Optional.empty(), 10, false, Optional.empty());

        assertThat(ask(many.change(QUEUE, delete)).count()).isEqualTo(1);
        assertThat(ask(many.change(QUEUE, delete)).count()).isZero();
        assertThat(changed).containsExactly(QUEUE);
    }

    @Test
    void dryRunCountsAndChangesNothing() {
        enqueueAll();
        BulkActions.Order dry = new BulkActions.Order(
                BulkAction.CANCEL, JobState.READY, JobFilter.ALL, Optional.empty(), 10_000, true, Optional.empty());

        assertThat(ask(many.change(QUEUE, dry)).count()).isEqualTo(JOBS);
        assertThat(cancel(Optional.empty(), 10_000).count()).isEqualTo(JOBS);
    }

    @Test
    void spreadRequestsGoOnAtTheRate() {
        enqueueAll();
        cancel(Optional.empty(), 10_000);

        BulkActionResult first = requeue(Optional.empty(), 3);
        BulkActionResult second = requeue(first.next(), 2);

        assertThat(first.count() + second.count()).isEqualTo(5);
        List<Instant> due = ask(store.list(
                        QUEUE, new PageRequest(JobState.SCHEDULED, Optional.empty(), PageRequest.MOST), JobPart.NONE))
                .jobs()
                .stream()
                .map(job -> job.status().times().runAt())
                .toList();
        assertThat(due).hasSize(4);
        for (int i = 1; i < due.size(); i++) {
            assertThat(Duration.between(due.get(i - 1), due.get(i))).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void cursorOfARequestWithoutARateIsNoneOfOneWithARate() {
        assertThatThrownBy(() -> requeue(Optional.of("1_a"), 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("cursor");
    }

    private BulkActionResult requeue(Optional<String> cursor, int limit) {
        return ask(many.change(
                QUEUE,
                new BulkActions.Order(
                        BulkAction.REQUEUE, JobState.CANCELLED, JobFilter.ALL, cursor, limit, false, Optional.of(60))));
    }

    @Test
    void spreadJobsAreDueNoLaterThanOthersCanBeEnqueuedFor() {
        enqueueAll();
        cancel(Optional.empty(), 10_000);
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));

        assertThatThrownBy(() -> requeue(Optional.of(tomorrow.toEpochMilli() + 1 + "@"), 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("cursor")
                .hasMessageEndingWith("at most PT24H from now");
        assertThat(requeue(Optional.of(tomorrow.toEpochMilli() + "@"), 1).count())
                .isEqualTo(1);
    }

    @Test
    void boundsAreChecked() {
        assertInvalid("limit is '0', but must be between 1 and 10000", BulkAction.CANCEL, JobState.READY, 0);
        assertInvalid("limit is '10001', but must be between 1 and 10000", BulkAction.CANCEL, JobState.READY, 10_001);
        assertInvalid(
                "state is 'dead', but must be blocked, scheduled, ready, running", BulkAction.CANCEL, JobState.DEAD, 1);
        assertInvalid("state is 'ready', but must be succeeded, dead, cancelled", BulkAction.DELETE, JobState.READY, 1);
        assertInvalid("state is 'succeeded', but must be dead, cancelled", BulkAction.REQUEUE, JobState.SUCCEEDED, 1);
    }

    private void assertInvalid(String message, BulkAction action, JobState state, int limit) {
        assertThatThrownBy(() -> many.change(QUEUE, order(action, state, Optional.empty(), limit)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    private BulkActionResult cancel(Optional<String> cursor, int limit) {
        return ask(many.change(QUEUE, order(BulkAction.CANCEL, JobState.READY, cursor, limit)));
    }

    private static BulkActions.Order order(BulkAction action, JobState state, Optional<String> cursor, int limit) {
        return new BulkActions.Order(action, state, JobFilter.ALL, cursor, limit, false, Optional.empty());
    }

    private void enqueueAll() {
        for (int i = 0; i < JOBS; i++) {
            ask(store.enqueue(JobDraft.job(QUEUE, "job-" + i).build()));
        }
    }

    private static <T> T ask(Uni<T> answer) {
        return answer.await().indefinitely();
    }
}
