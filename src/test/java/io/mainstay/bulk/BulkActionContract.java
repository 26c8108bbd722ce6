package io.mainstay.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.StateChange;
import io.mainstay.queue.search.JobFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

public interface BulkActionContract extends ContractSteps {

    @Test
    default void matchingJobsAreCancelledTogether() {
        enqueue("b1", "b2");
        enqueueFor("mail", "a1");
        enqueueFor("mail", "a2");

        BulkChanges done = change(BulkAction.CANCEL, JobState.READY, handledBy("mail"));

        assertThat(done.count()).isEqualTo(2);
        assertThat(done.next()).isEmpty();
        assertThat(done.changes())
                .extracting(change -> change.id().value(), StateChange::state, change -> change.handler()
                        .value())
                .containsExactly(tuple("a1", JobState.CANCELLED, "mail"), tuple("a2", JobState.CANCELLED, "mail"));
        assertThat(list(JobState.READY)).containsExactly("b1", "b2");
        assertThat(list(JobState.CANCELLED)).containsExactlyInAnyOrder("a1", "a2");
        assertThat(find("a1").status().times().finishedAt()).isNotNull();
    }

    @Test
    default void scheduledAndRunningJobsAreCancelledToo() {
        enqueue("runs");
        claimAll("t1", LONG, "runs");
        enqueue(job("later").after(LONG));

        assertThat(change(BulkAction.CANCEL, JobState.SCHEDULED, JobFilter.ALL).count())
                .isEqualTo(1);
        BulkChanges stopped = change(BulkAction.CANCEL, JobState.RUNNING, JobFilter.ALL);

        assertThat(stopped.changes()).extracting(StateChange::attempt).containsExactly(1);
        assertThat(list(JobState.CANCELLED)).hasSize(2);
        assertThat(settle(complete("runs", "t1"))).isInstanceOf(Settled.Refused.class);
        assertThat(answer(store().leases().revoked(QUEUE))).isEqualTo(1);
    }

    @Test
    default void manyCallsGoThroughAStateOnceInItsOrder() {
        enqueue("a", "b", "c", "d", "e");
        enqueueFor("mail", "f");
        BulkChanges first = change(BulkAction.CANCEL, JobState.READY, handledBy("echo"), Optional.empty(), 2);
        BulkChanges second = change(BulkAction.CANCEL, JobState.READY, handledBy("echo"), first.next(), 2);
        BulkChanges last = change(BulkAction.CANCEL, JobState.READY, handledBy("echo"), second.next(), 2);

        assertThat(first.count()).isEqualTo(2);
        assertThat(second.count()).isEqualTo(2);
        assertThat(last.count()).isEqualTo(1);
        assertThat(last.next()).isEmpty();
        assertThat(list(JobState.READY)).containsExactly("f");
    }

    @Test
    default void whatDoesNotMatchIsPassedOver() {
        enqueue("a", "b", "c");
        BulkChanges first = change(BulkAction.CANCEL, JobState.READY, handledBy("mail"), Optional.empty(), 2);
        assertThat(first.count()).isZero();
        BulkChanges rest = change(BulkAction.CANCEL, JobState.READY, JobFilter.ALL, first.next(), 2);

        assertThat(rest.count()).isEqualTo(1);
        assertThat(list(JobState.READY)).containsExactly("a", "b");
    }

    @Test
    default void deadAndCancelledJobsAreRequeuedWithFreshAttempts() {
        bury("dead");
        enqueue("cancelled");
        cancel("cancelled");

        BulkChanges done = change(BulkAction.REQUEUE, JobState.DEAD, JobFilter.ALL);
        assertThat(change(BulkAction.REQUEUE, JobState.CANCELLED, JobFilter.ALL).count())
                .isEqualTo(1);

        assertThat(done.changes())
                .extracting(StateChange::state, StateChange::attempt)
                .containsExactly(tuple(JobState.READY, 0));
        assertThat(list(JobState.READY)).containsExactly("dead", "cancelled");
        assertThat(find("dead").status().attempt()).isZero();
        assertThat(find("dead").status().errors()).hasSize(1);
        assertThat(find("dead").status().times().finishedAt()).isNull();
    }

    @Test
    default void onlyTheLatestErrorCounts() {
        bury("boom");
        run(job("other"), "t2");
        settle(new Settlement.Fail(lease("other", "t2"), "timeout", "", Optional.empty()));

        JobFilter timeouts = JobFilter.ALL.withErrorType("timeout");
        assertThat(change(BulkAction.REQUEUE, JobState.DEAD, timeouts).count()).isEqualTo(1);
        assertThat(list(JobState.DEAD)).containsExactly("boom");
    }

    @Test
    default void timesOfEnqueuePickFromOneMomentToBeforeAnother() {
        enqueue("first");
        letPass(Duration.ofMillis(2));
        enqueue("second");
        letPass(Duration.ofMillis(2));
        enqueue("third");
        Instant from = find("second").status().times().enqueuedAt();
        Instant before = find("third").status().times().enqueuedAt();

        JobFilter between = JobFilter.ALL.enqueued(Optional.of(from), Optional.of(before));
        change(BulkAction.CANCEL, JobState.READY, between);
        assertThat(list(JobState.READY)).containsExactly("first", "third");

        // Between two milliseconds: the one that has begun is over.
        JobFilter later = JobFilter.ALL.enqueued(
                Optional.of(find("first").status().times().enqueuedAt().plusNanos(1)), Optional.empty());
        change(BulkAction.CANCEL, JobState.READY, later);
        assertThat(list(JobState.READY)).containsExactly("first");
    }

    @Test
    default void endedJobsAreDeletedForGood() {
        run(job("done"), "t1");
        settle(complete("done", "t1"));
        bury("dead");
        enqueue("cancelled", "stays");
        cancel("cancelled");

        for (JobState state : JobState.values()) {
            if (BulkAction.DELETE.allows(state)) {
                BulkChanges done = change(BulkAction.DELETE, state, JobFilter.ALL);
                assertThat(done.count()).isEqualTo(1);
                assertThat(done.changes()).isEmpty();
            }
        }

        for (String gone : new String[] {"done", "dead", "cancelled"}) {
            assertThat(answer(store().jobs().find(QUEUE, new JobId(gone)))).isEmpty();
            assertThat(enqueue(job(gone))).isInstanceOf(Enqueued.Deleted.class);
        }
        assertThat(stateOf("stays")).isEqualTo(JobState.READY);
    }

    @Test
    default void jobWhoseUniqueKeyAnotherHasIsNotRequeued() {
        UniqueKey.Until untilEnd = new UniqueKey.Until.End();
        enqueue(job("old").unique("key", untilEnd, UniqueKey.OnConflict.REJECT));
        enqueue("plain");
        cancel("old");
        cancel("plain");
        enqueue(job("new").unique("key", untilEnd, UniqueKey.OnConflict.REJECT));

        assertThat(change(BulkAction.REQUEUE, JobState.CANCELLED, JobFilter.ALL).count())
                .isEqualTo(1);
        assertThat(list(JobState.CANCELLED)).containsExactly("old");
        assertThat(stateOf("plain")).isEqualTo(JobState.READY);
    }

    @Test
    default void repeatAnswersTheSameAndDoesNothing() {
        enqueue("a", "b", "c", "d");
        BulkActionRequest two = request(BulkAction.CANCEL, JobState.READY, JobFilter.ALL, Optional.empty(), 2);
        BulkChanges first = answer(store().bulkActions().change(QUEUE, two));
        requeue("a", "r1");

        BulkChanges again = answer(store().bulkActions().change(QUEUE, two));

        assertThat(again).isEqualTo(first);
        assertThat(list(JobState.READY)).containsExactly("c", "d", "a");
    }

    @Test
    default void requeuedJobsBecomeDueOneAfterTheOther() {
        bury("a", "b", "c");
        enqueue(job("ordered").inOrderOf("g"));
        cancel("ordered");
        BulkActionRequest all = spread(JobState.DEAD, new Spread(60, Optional.empty()));

        BulkChanges done = answer(store().bulkActions().change(QUEUE, all));

        assertThat(done.changes())
                .extracting(change -> change.id().value(), StateChange::state)
                .containsExactly(
                        tuple("c", JobState.READY), tuple("b", JobState.SCHEDULED), tuple("a", JobState.SCHEDULED));
        assertThat(list(JobState.SCHEDULED)).containsExactly("b", "a");
        Instant first = find("c").status().times().runAt();
        assertThat(find("b").status().times().runAt()).isEqualTo(first.plusSeconds(1));
        assertThat(find("a").status().times().runAt()).isEqualTo(first.plusSeconds(2));
        assertThat(done.nextDue()).contains(first.plusSeconds(3));
        assertThat(answer(store().bulkActions().change(QUEUE, all))).isEqualTo(done);

        BulkActionRequest later = spread(JobState.CANCELLED, new Spread(60, done.nextDue()));
        answer(store().bulkActions().change(QUEUE, later));
        assertThat(find("ordered").status().times().runAt()).isEqualTo(first.plusSeconds(3));
        assertThat(list(JobState.SCHEDULED)).containsExactly("b", "a", "ordered");
    }

    @Test
    default void countingChangesNothing() {
        enqueue("a", "b", "c");
        BulkActionRequest two = request(BulkAction.CANCEL, JobState.READY, handledBy("echo"), Optional.empty(), 2);

        BulkChanges first = answer(store().bulkActions().count(QUEUE, two));
        BulkChanges rest = answer(store().bulkActions()
                .count(QUEUE, request(BulkAction.CANCEL, JobState.READY, handledBy("echo"), first.next(), 2)));

        assertThat(first.count()).isEqualTo(2);
        assertThat(rest.count()).isEqualTo(1);
        assertThat(rest.next()).isEmpty();
        assertThat(list(JobState.READY)).containsExactly("a", "b", "c");
    }

    private static BulkActionRequest spread(JobState state, Spread spread) {
        return new BulkActionRequest(
                BulkAction.REQUEUE,
                JobFilter.ALL,
                new PageRequest(state, Optional.empty(), PageRequest.MOST),
                UUID.randomUUID().toString(),
                Optional.of(spread));
    }

    @Test
    default void noActionIsForEveryState() {
        assertThatThrownBy(() -> request(BulkAction.CANCEL, JobState.DEAD, JobFilter.ALL, Optional.empty(), 1))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> request(BulkAction.DELETE, JobState.RUNNING, JobFilter.ALL, Optional.empty(), 1))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> request(BulkAction.REQUEUE, JobState.SUCCEEDED, JobFilter.ALL, Optional.empty(), 1))
                .isInstanceOf(InvalidValueException.class);
    }

    private void enqueueFor(String handler, String id) {
        NewJob asked = job(id).build();
        JobSpec spec = asked.spec();
        answer(store().jobs()
                .enqueue(new NewJob(
                        QUEUE,
                        asked.id(),
                        new JobSpec(
                                new HandlerName(handler),
                                spec.payload(),
                                spec.priority(),
                                spec.retry(),
                                spec.timeout()),
                        asked.start())));
    }

    private static JobFilter handledBy(String handler) {
        return JobFilter.ALL.withHandler(new HandlerName(handler));
    }

    private BulkChanges change(BulkAction action, JobState state, JobFilter filter) {
        return change(action, state, filter, Optional.empty(), PageRequest.MOST);
    }

    private BulkChanges change(
            BulkAction action, JobState state, JobFilter filter, Optional<String> cursor, int limit) {
        return answer(store().bulkActions().change(QUEUE, request(action, state, filter, cursor, limit)));
    }

    private static BulkActionRequest request(
            BulkAction action, JobState state, JobFilter filter, Optional<String> cursor, int limit) {
        String token = UUID.randomUUID().toString();
        return new BulkActionRequest(action, filter, new PageRequest(state, cursor, limit), token);
    }
}
