package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueFullException;
import io.mainstay.job.QueueName;
import io.mainstay.job.UniqueKey.OnConflict;
import io.mainstay.job.UniqueKey.Until;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.changes.LimitName;
import io.mainstay.queue.changes.LimitsPatch;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** How many jobs may wait, and for how long. */
interface LimitContract extends ContractSteps {

    private void limit(long most) {
        answer(store().jobs().setLimits(QUEUE, QueueLimits.NONE.withMaxWaiting(most)));
    }

    private void assertFull(Enqueued answer, long limit) {
        assertThat(answer)
                .asInstanceOf(InstanceOfAssertFactories.type(Enqueued.Refused.class))
                .extracting(Enqueued.Refused::reason)
                .asInstanceOf(InstanceOfAssertFactories.type(QueueFullException.class))
                .extracting(QueueFullException::limit)
                .isEqualTo(limit);
    }

    @Test
    default void fullQueueTakesNoMore() {
        limit(2);
        enqueue(job("a"));
        enqueue(job("b").after(LONG));

        assertFull(enqueue(job("c")), 2);
        assertFull(enqueue(job("d").after(LONG)), 2);
        assertThat(figures().maxWaiting()).isEqualTo(2);
        assertThat(answer(store().jobs().find(QUEUE, job("c").id()))).isEmpty();
    }

    @Test
    default void limitsThatAreNotNamedStay() {
        Rate rate = new Rate(2, LONG);
        answer(store().jobs()
                .setLimits(
                        QUEUE, LimitsDraft.NONE.concurrency(3).groupRate(rate).build()));

        change(Set.of(LimitName.RATE), LimitsDraft.NONE.rate(rate).build());
        change(Set.of(LimitName.CONCURRENCY), QueueLimits.NONE);
        change(Set.of(), QueueLimits.NONE);

        QueueLimits limits = figures().limits();
        assertThat(limits.rate()).contains(rate);
        assertThat(limits.groupRate()).contains(rate);
        assertThat(limits.concurrency()).isEmpty();
        change(Set.of(LimitName.MAX_WAITING), QueueLimits.NONE.withMaxWaiting(1));
        enqueue("a");
        assertFull(enqueue(job("b")), 1);
    }

    private void change(Set<LimitName> names, QueueLimits values) {
        answer(store().jobs().changeLimits(QUEUE, new LimitsPatch(names, values)));
    }

    @Test
    default void fullQueueStillAnswersARepeat() {
        limit(1);
        enqueue("a");

        assertThat(enqueue(job("a"))).isInstanceOf(Enqueued.Existing.class);
    }

    @Test
    default void jobThatRunsMakesRoom() {
        limit(1);
        run(job("a"), "t1");

        assertThat(enqueue(job("b"))).isInstanceOf(Enqueued.Created.class);
        assertFull(enqueue(job("c")), 1);
    }

    @Test
    default void fullQueueTakesAJobInThePlaceOfAnother() {
        limit(1);
        enqueue(job("a").unique("k", Until.END, OnConflict.KEEP));

        assertThat(enqueue(job("b").unique("k", Until.END, OnConflict.REPLACE))).isInstanceOf(Enqueued.Created.class);
        assertFull(enqueue(job("c")), 1);
    }

    /** Else it would be cancelled for a job that is then refused. */
    @Test
    default void jobIsReplacedInAQueueThatHoldsMoreThanItMay() {
        enqueue("a", "b");
        enqueue(job("c").unique("k", Until.END, OnConflict.KEEP));
        limit(1);

        assertThat(enqueue(job("d").unique("k", Until.END, OnConflict.REPLACE))).isInstanceOf(Enqueued.Created.class);
        assertThat(stateOf("c")).isEqualTo(JobState.CANCELLED);
    }

    @Test
    default void whatWaitsStaysWhenTheLimitIsLowered() {
        enqueue("a", "b");
        limit(1);

        assertThat(list(JobState.READY)).containsExactly("a", "b");
        assertFull(enqueue(job("c")), 1);
    }

    @Test
    default void limitIsOfOneQueueAndCanBeTakenBack() {
        limit(0);
        assertFull(enqueue(job("a")), 0);
        assertThat(answer(store().jobs()
                        .enqueue(JobDraft.job(new QueueName("mails"), "a").build())))
                .isInstanceOf(Enqueued.Created.class);

        answer(store().jobs().setLimits(QUEUE, QueueLimits.NONE));
        assertThat(enqueue(job("a"))).isInstanceOf(Enqueued.Created.class);
        assertThat(figures().maxWaiting()).isEqualTo(1_000_000);
    }

    @Test
    default void jobThatWasNotStartedInTimeIsDead() {
        enqueue(job("late").expiresIn(SHORT));
        enqueue(job("patient").expiresIn(LONG));
        letPass(SHORT);
        assertThat(answer(store().jobs().explain(QUEUE, job("late").id()))
                        .orElseThrow()
                        .reason())
                .isEqualTo(WaitReason.EXPIRED);

        assertThat(claim(2).jobs()).extracting(ContractSteps::id).containsExactly("patient");
        assertThat(stateOf("late")).isEqualTo(JobState.DEAD);
        assertThat(find("late").status().attempt()).isZero();
        assertThat(find("late").status().errors()).extracting("type").containsExactly("expired");
    }

    @Test
    default void jobThatExpiredBeforeAnybodyPutItInLineIsExplained() {
        enqueue(job("a").after(SHORT).expiresIn(SHORT));
        letPass(SHORT);
        letPass(SHORT);

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(answer(store().jobs().explain(QUEUE, job("a").id()))
                        .orElseThrow()
                        .reason())
                .isEqualTo(WaitReason.EXPIRED);
        claim(1);
        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);
    }

    /** Workers would come to nothing but these for long. */
    @Test
    default void claimLooksPastJobsThatExpired() {
        enqueue(job("late-1").expiresIn(SHORT));
        enqueue(job("late-2").expiresIn(SHORT));
        letPass(SHORT);
        enqueue("a", "b");

        assertThat(claim(1).jobs()).extracting(ContractSteps::id).containsExactly("a");
        assertThat(list(JobState.READY)).containsExactly("b");
        assertThat(figures().counts()).containsEntry(JobState.DEAD, 2L);
    }

    /** The store sweeps no more than three of a kind. */
    @Test
    default void claimLooksPastABoundedNumberOfThem() {
        for (int i = 0; i < 5; i++) {
            enqueue(job("late-" + i).expiresIn(SHORT));
        }
        letPass(SHORT);
        enqueue("a");

        Claimed first = claim(1);
        assertThat(first.jobs()).isEmpty();
        assertThat(first.more()).isTrue();
        assertThat(figures().counts()).containsEntry(JobState.DEAD, 3L);
        assertThat(claim(1).jobs()).extracting(ContractSteps::id).containsExactly("a");
    }

    @Test
    default void timeToExpireBeginsWhenTheJobIsDue() {
        enqueue(job("a").after(SHORT).expiresIn(LONG));
        letPass(SHORT);

        assertThat(claim(1).jobs()).hasSize(1);
    }

    @TimedTest
    default void jobThatWasStartedInTimeDoesNotExpire() {
        run(job("a").expiresIn(AMPLE), "t1");
        settle(fail("a", "t1", SHORT));
        letPass(AMPLE);

        assertThat(claim(1).jobs()).hasSize(1);
    }

    @TimedTest
    default void requeuedJobHasItsTimeAgain() {
        enqueue(job("a").expiresIn(AMPLE));
        letPass(AMPLE);
        claim(1);
        requeue("a", "r1");

        assertThat(claim(1).jobs()).hasSize(1);
    }
}
