package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.machine.TimedTest;
import io.mainstay.scaling.QueueLoad;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Groups and their turns, orders and limits; limits of queues; paused handlers; aging. */
interface GroupContract extends ContractSteps {

    HandlerName ECHO = new HandlerName("echo");

    @Test
    default void groupsTakeTurns() {
        for (int i = 1; i <= 4; i++) {
            enqueue(job("big-" + i).group("big"));
        }
        enqueue(job("small-1").group("small"));
        enqueue(job("none-1"));
        enqueue(job("none-2"));

        assertThat(started(1)).containsExactly("none-1");
        assertThat(started(3)).containsExactly("big-1", "small-1", "none-2");
        assertThat(started(9)).containsExactly("big-2", "big-3", "big-4");
    }

    @Test
    default void groupThatHadItsTurnWaitsForTheOthers() {
        enqueue(job("a-1").group("a"));
        enqueue(job("a-2").group("a"));
        started(1);
        enqueue(job("b-1").group("b"));

        assertThat(started(1)).containsExactly("a-2");
        assertThat(started(1)).containsExactly("b-1");
    }

    @Test
    default void newGroupComesAfterOneTurnOfEachOther() {
        for (int i = 0; i < 20; i++) {
            enqueue(job("big-" + i).group("big"));
        }
        started(1);
        enqueue(job("new").group("new"));

        assertThat(started(2)).containsExactly("big-1", "new");
    }

    @Test
    default void withinAGroupPriorityCounts() {
        enqueue(job("low").group("a").priority(0));
        enqueue(job("high").group("a").priority(9));

        assertThat(started(2)).containsExactly("high", "low");
    }

    @Test
    default void groupRunsNoMoreThanItMay() {
        limit(LimitsDraft.NONE.groupConcurrency(2));
        for (int i = 1; i <= 3; i++) {
            enqueue(job("a-" + i).group("a"));
        }
        enqueue(job("b-1").group("b"));

        assertThat(claim(9, "t1", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactlyInAnyOrder("a-1", "a-2", "b-1");
        assertThat(reason("a-3")).isEqualTo(WaitReason.GROUP_CONCURRENCY);
        assertThat(sweep().more()).isFalse();
        settle(complete("a-2", "t1"));

        assertThat(reason("a-3")).isEqualTo(WaitReason.IN_LINE);
        assertThat(started(9)).containsExactly("a-3");
    }

    @Test
    default void everyWayOutOfRunningFreesAPlaceInTheGroup() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        for (int i = 1; i <= 6; i++) {
            enqueue(job("a-" + i).group("a").maxAttempts(1));
        }
        claimAll("t1", LONG, "a-1");
        settle(failForGood("a-1", "t1"));
        claimAll("t2", LONG, "a-2");
        cancel("a-2");
        claimAll("t3", LONG, "a-3");
        receive("t3", SHORT, "a-3");
        letPass(SHORT);
        claimAll("t4", LONG, "a-4");
        assertThat(stateOf("a-3")).isEqualTo(JobState.DEAD);
        settle(release("a-4", "t4"));
        claimAll("t5", LONG, "a-4");
        settle(complete("a-4", "t5"));
        claimAll("t6", LONG, "a-5");
        assertThat(started(9)).isEmpty();
    }

    @Test
    default void raisedLimitLetsGroupsGoOn() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        enqueue(job("a-1").group("a"));
        enqueue(job("a-2").group("a"));
        assertThat(started(9)).containsExactly("a-1");
        limit(LimitsDraft.NONE.groupConcurrency(2));

        assertThat(started(9)).containsExactly("a-2");
    }

    @Test
    default void loweredLimitHoldsWhatWouldBeTooMuch() {
        enqueue(job("a-1").group("a"));
        enqueue(job("a-2").group("a"));
        started(1);
        limit(LimitsDraft.NONE.groupConcurrency(1));

        assertThat(started(9)).isEmpty();
    }

    @Test
    default void jobsOfAnOrderedGroupStartOneAfterTheOther() {
        enqueue(job("a-1").inOrderOf("a"));
        enqueue(job("a-2").inOrderOf("a"));
        enqueue(job("b-1").inOrderOf("b"));

        assertThat(claim(9, "t1", LONG).jobs()).extracting(ContractSteps::id).containsExactly("a-1", "b-1");
        assertThat(reason("a-2")).isEqualTo(WaitReason.GROUP_ORDER);
        settle(complete("a-1", "t1"));
        assertThat(started(9)).containsExactly("a-2");
    }

    /** Else the next one would overtake it. */
    @TimedTest
    default void orderedGroupWaitsForAJobThatIsToBeTriedAgain() {
        enqueue(job("a-1").inOrderOf("a"));
        enqueue(job("a-2").inOrderOf("a"));
        claimAll("t1", LONG, "a-1");
        settle(fail("a-1", "t1", SHORT));
        assertThat(started(9)).isEmpty();
        assertThat(reason("a-2")).isEqualTo(WaitReason.GROUP_ORDER);
        letPass(SHORT);

        assertThat(started(9)).containsExactly("a-1");
    }

    /** It has the place in the group that they wait for. */
    @TimedTest
    default void jobInOrderThatIsTriedAgainDoesNotWaitForOthersThatFindNoPlace() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        enqueue(job("a-1").inOrderOf("a"));
        claimAll("t1", LONG, "a-1");
        settle(fail("a-1", "t1", SHORT));
        enqueue(job("a-2").group("a").priority(9));
        assertThat(started(9)).isEmpty();
        letPass(SHORT);
        assertThat(reason("a-2")).isEqualTo(WaitReason.GROUP_CONCURRENCY);

        claimAll("t2", LONG, "a-1");
        settle(complete("a-1", "t2"));
        assertThat(started(9)).containsExactly("a-2");
    }

    /** Others of the group come first while there are places. */
    @Test
    default void jobInOrderThatIsTriedAgainWaitsForOthersThatFindAPlace() {
        limit(LimitsDraft.NONE.groupConcurrency(2));
        enqueue(job("a-1").inOrderOf("a"));
        claimAll("t1", LONG, "a-1");
        settle(fail("a-1", "t1", SHORT));
        enqueue(job("a-2").group("a"));
        enqueue(job("a-3").group("a"));
        letPass(SHORT);

        assertThat(started(9)).containsExactly("a-2", "a-1");
    }

    @Test
    default void orderedGroupGoesOnWhenTheJobItWaitsForIsCancelled() {
        enqueue(job("a-1").inOrderOf("a"));
        enqueue(job("a-2").inOrderOf("a"));
        claimAll("t1", LONG, "a-1");
        settle(fail("a-1", "t1", LONG));
        cancel("a-1");

        assertThat(started(9)).containsExactly("a-2");
    }

    @Test
    default void lostLeaseKeepsTheOrder() {
        enqueue(job("a-1").inOrderOf("a"));
        enqueue(job("a-2").inOrderOf("a"));
        claimAll("t1", SHORT, "a-1");
        letPass(SHORT);

        assertThat(started(1)).containsExactly("a-1");
        assertThat(started(1)).isEmpty();
    }

    @Test
    default void groupStartsNoMoreInATimeThanItMay() {
        limit(LimitsDraft.NONE.groupRate(new Rate(2, LONG)));
        for (int i = 1; i <= 3; i++) {
            enqueue(job("a-" + i).group("a"));
        }
        enqueue(job("b-1").group("b"));
        enqueue("none-1");

        assertThat(started(9)).containsExactlyInAnyOrder("a-1", "a-2", "b-1", "none-1");
        assertThat(reason("a-3")).isEqualTo(WaitReason.GROUP_RATE);
        Claimed next = sweep();
        assertThat(next.more()).isFalse();
        assertThat(next.nextDue()).hasValueSatisfying(wait -> assertThat(wait)
                .isBetween(LONG.dividedBy(2).minusMinutes(1), LONG.dividedBy(2)));
    }

    @Test
    default void groupThatHasRestedStartsTheNext() {
        limit(LimitsDraft.NONE.groupRate(new Rate(1, AMPLE)));
        enqueue(job("a-1").group("a"));
        enqueue(job("a-2").group("a"));
        assertThat(started(9)).containsExactly("a-1");
        assertThat(started(9)).isEmpty();
        letPass(AMPLE);

        assertThat(started(9)).containsExactly("a-2");
    }

    @Test
    default void queueRunsNoMoreThanItMay() {
        limit(LimitsDraft.NONE.concurrency(2));
        enqueue("a", "b", "c");

        Claimed first = claim(9, "t1", LONG);
        assertThat(first.jobs()).hasSize(2);
        assertThat(first.more()).isFalse();
        assertThat(reason("c")).isEqualTo(WaitReason.CONCURRENCY);
        assertThat(load().waiting()).isZero();
        settle(complete("a", "t1"));
        assertThat(load().waiting()).isEqualTo(1);
        assertThat(started(9)).containsExactly("c");
    }

    @Test
    default void queueStartsNoMoreInATimeThanItMay() {
        limit(LimitsDraft.NONE.rate(new Rate(2, LONG)));
        enqueue("a", "b", "c");

        Claimed first = claim(9);
        assertThat(first.jobs()).hasSize(2);
        assertThat(first.more()).isFalse();
        assertThat(first.nextDue()).hasValueSatisfying(wait -> assertThat(wait)
                .isBetween(LONG.dividedBy(2).minusMinutes(1), LONG.dividedBy(2)));
        assertThat(reason("c")).isEqualTo(WaitReason.RATE);
        limit(LimitsDraft.NONE);
        assertThat(started(9)).containsExactly("c");
    }

    @Test
    default void fasterRateCountsAtOnce() {
        limit(LimitsDraft.NONE.rate(new Rate(1, LONG)));
        enqueue("a", "b");
        assertThat(started(9)).containsExactly("a");
        limit(LimitsDraft.NONE.rate(new Rate(1, SHORT)));
        letPass(SHORT);

        assertThat(started(9)).containsExactly("b");
    }

    @Test
    default void limitsAreToldWithTheFigures() {
        QueueLimits limits = new QueueLimits(
                OptionalLong.of(7),
                OptionalInt.of(3),
                Optional.of(new Rate(5, SHORT)),
                OptionalInt.of(1),
                Optional.of(new Rate(2, LONG)));
        answer(store().jobs().setLimits(QUEUE, limits));
        assertThat(figures().limits()).isEqualTo(limits);

        answer(store().jobs().setLimits(QUEUE, QueueLimits.NONE));
        assertThat(figures().limits()).isEqualTo(QueueLimits.NONE.withMaxWaiting(1_000_000));
    }

    @Test
    default void jobsOfAPausedHandlerAreLetPass() {
        enqueue("a");
        enqueue(job("b").handledBy("mail"));
        pause(ECHO, true);
        enqueue(job("c").group("g"));

        assertThat(started(9)).containsExactly("b");
        assertThat(reason("a")).isEqualTo(WaitReason.HANDLER_PAUSED);
        assertThat(reason("c")).isEqualTo(WaitReason.HANDLER_PAUSED);
        assertThat(sweep().more()).isFalse();
        assertThat(figures().pausedHandlers()).containsExactly(ECHO);
        assertThat(figures().counts()).containsEntry(JobState.READY, 2L);
        assertThat(list(JobState.READY)).containsExactly("a", "c");

        pause(ECHO, false);
        assertThat(sweep().more()).isTrue();
        assertThat(started(9)).containsExactlyInAnyOrder("a", "c");
        assertThat(figures().pausedHandlers()).isEmpty();
    }

    @Test
    default void orderedGroupWaitsForAJobWhoseHandlerIsPaused() {
        enqueue(job("a-1").inOrderOf("a"));
        enqueue(job("a-2").inOrderOf("a").handledBy("mail"));
        pause(ECHO, true);
        assertThat(started(9)).isEmpty();
        pause(ECHO, false);
        assertThat(started(9)).containsExactly("a-1");
    }

    @Test
    default void jobThatIsAsideForItsHandlerCanBeCancelled() {
        enqueue(job("a-1").inOrderOf("a"));
        enqueue(job("a-2").inOrderOf("a").handledBy("mail"));
        pause(ECHO, true);
        assertThat(started(9)).isEmpty();
        cancel("a-1");

        assertThat(started(9)).containsExactly("a-2");
        pause(ECHO, false);
        assertThat(started(9)).isEmpty();
    }

    @Test
    default void onlySoManyHandlersArePausedInAQueue() {
        for (int i = 0; i < JobStore.MOST_PAUSED_HANDLERS; i++) {
            assertThat(pause(new HandlerName("h-" + i), true)).isTrue();
        }
        assertThat(pause(new HandlerName("one-more"), true)).isFalse();
        assertThat(pause(new HandlerName("h-0"), true)).isTrue();
        pause(new HandlerName("h-0"), false);
        assertThat(pause(new HandlerName("one-more"), true)).isTrue();
    }

    @Test
    default void jobsOfGroupsAreListedAndCountedWithTheOthers() {
        enqueue(job("a").group("g"));
        enqueue("b");
        enqueue(job("c").group("h").priority(9));
        enqueue("d");
        enqueue(job("e").inOrderOf("g"));

        assertThat(list(JobState.READY)).containsExactly("c", "a", "b", "d", "e");
        JobPage first = page(JobState.READY, Optional.empty(), 2);
        JobPage second = page(JobState.READY, first.next(), 2);
        JobPage third = page(JobState.READY, second.next(), 2);
        assertThat(List.of(ContractSteps.ids(first), ContractSteps.ids(second), ContractSteps.ids(third)))
                .containsExactly(List.of("c", "a"), List.of("b", "d"), List.of("e"));
        assertThat(third.next()).isEmpty();
        assertThat(figures().counts()).containsEntry(JobState.READY, 5L);
        assertThat(figures().oldestDue()).isPresent();
    }

    @Test
    default void cancelledJobOfAGroupIsOutOfItsLine() {
        enqueue(job("a-1").group("a"));
        enqueue(job("a-2").group("a"));
        cancel("a-1");
        assertThat(started(9)).containsExactly("a-2");
        enqueue(job("b-1").group("b"));
        cancel("b-1");

        assertThat(sweep().more()).isFalse();
        requeue("b-1", "r1");
        assertThat(started(9)).containsExactly("b-1");
    }

    @Test
    default void waitingJobsOfGroupsCountForTheLimitOfTheQueue() {
        answer(store().jobs().setLimits(QUEUE, QueueLimits.NONE.withMaxWaiting(1)));
        enqueue(job("a").group("g"));

        assertThat(enqueue(job("b"))).isInstanceOf(Enqueued.Refused.class);
    }

    @Test
    default void everyEighthStartIsOfAJobThatHasAged() {
        enqueue(job("low-1").priority(0));
        enqueue(job("middle").priority(4));
        enqueue(job("low-2").priority(0));
        letPass(AMPLE);
        for (int i = 0; i < 30; i++) {
            enqueue(job("high-" + i).priority(9));
        }

        assertThat(started(16))
                .hasSize(16)
                .containsSubsequence("high-0", "high-13")
                .contains("low-1", "middle");
        for (int i = 0; i < 7; i++) {
            assertThat(started(1)).first().asString().startsWith("high");
        }
        assertThat(started(1)).containsExactly("low-2");
    }

    @TimedTest
    default void jobThatHasNotAgedWaitsItsTurn() {
        enqueue(job("low").priority(0));
        for (int i = 0; i < 30; i++) {
            enqueue(job("high-" + i).priority(9));
        }

        assertThat(started(16)).hasSize(16).doesNotContain("low");
    }

    private List<String> started(int max) {
        return claim(max, UUID.randomUUID().toString(), LONG).jobs().stream()
                .map(ContractSteps::id)
                .toList();
    }

    private WaitReason reason(String id) {
        return answer(store().jobs().explain(QUEUE, new JobId(id)))
                .orElseThrow()
                .reason();
    }

    private QueueLoad load() {
        return answer(store().loads().loads(List.of(QUEUE), SomeClaim.HANDLERS)).get(0);
    }

    private boolean pause(HandlerName handler, boolean paused) {
        return answer(store().jobs().setPaused(QUEUE, handler, paused));
    }

    private void limit(LimitsDraft limits) {
        answer(store().jobs().setLimits(QUEUE, limits.build()));
    }
}
