package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Queues, their figures and the pause. */
interface FiguresContract extends ContractSteps {

    @Test
    default void queuesAreKnownFromTheirFirstEnqueueAndByName() {
        assertThat(store().allQueues()).isEmpty();
        for (String name : List.of("b", "c", "a")) {
            answer(store().jobs().enqueue(JobDraft.job(new QueueName(name), "x").build()));
        }
        sweep();

        assertThat(store().allQueues()).containsExactly(new QueueName("a"), new QueueName("b"), new QueueName("c"));
    }

    @Test
    default void privateQueuesAreNotAmongTheKnown() {
        QueueName own = QueueName.privateTo("0190");
        answer(store().jobs().enqueue(JobDraft.job(own, "x").build()));

        assertThat(store().allQueues()).isEmpty();
        ClaimRequest claim = SomeClaim.of(own, "me", "t", 1, LONG);
        assertThat(answer(store().leases().claim(claim)).jobs()).hasSize(1);
    }

    @Test
    default void everyStateIsCounted() {
        bury("dead-1", "dead-2");
        run(job("done"), "t1");
        settle(complete("done", "t1"));
        run(job("running"), "t2");
        enqueue(job("scheduled").after(LONG));
        enqueue("gone", "ready-1", "ready-2", "ready-3");
        cancel("gone");

        assertThat(figures().counts())
                .isEqualTo(Map.of(
                        JobState.BLOCKED, 0L,
                        JobState.SCHEDULED, 1L,
                        JobState.READY, 3L,
                        JobState.RUNNING, 1L,
                        JobState.SUCCEEDED, 1L,
                        JobState.DEAD, 2L,
                        JobState.CANCELLED, 1L));
    }

    @Test
    default void figuresComeInTheOrderAskedAlsoOfUnknownQueues() {
        enqueue("a");
        QueueName unknown = new QueueName("unknown");

        List<QueueFigures> figures = answer(store().jobs().figures(List.of(unknown, QUEUE)));

        assertThat(figures).extracting(QueueFigures::queue).containsExactly(unknown, QUEUE);
        assertThat(figures.get(0).counts()).hasSize(JobState.values().length);
        assertThat(figures.get(0).counts().values()).containsOnly(0L);
        assertThat(figures.get(0).oldestDue()).isEmpty();
        assertThat(figures.get(0).paused()).isFalse();
    }

    @Test
    default void oldestDueIsTheAgeOfTheLongestWaitingJobOfAnyPriority() {
        enqueue(job("old").priority(1));
        letPass(SHORT);
        enqueue(job("new").priority(9));

        assertThat(figures().oldestDue())
                .hasValueSatisfying(age -> assertThat(age).isGreaterThanOrEqualTo(SHORT));
        cancel("old");
        assertThat(figures().oldestDue()).isPresent();
        cancel("new");
        assertThat(figures().oldestDue()).isEmpty();
    }

    @Test
    default void oldestDueCountsJobsThatNobodyHasPromotedYet() {
        enqueue(job("a").after(SHORT));
        letPass(SHORT.multipliedBy(2));

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(figures().oldestDue())
                .hasValueSatisfying(age -> assertThat(age).isGreaterThanOrEqualTo(SHORT));
    }

    @Test
    default void jobsAheadAreNotDue() {
        enqueue(job("a").after(LONG));
        run(job("b"), "t1");

        assertThat(figures().oldestDue()).isEmpty();
    }

    @Test
    default void pausedQueueGivesNoJobsUntilResumed() {
        enqueue("a");
        answer(store().jobs().setPaused(QUEUE, true));
        answer(store().jobs().setPaused(QUEUE, true));

        assertThat(figures().paused()).isTrue();
        letPass(SHORT);
        answer(store().jobs().setPaused(QUEUE, true));
        assertThat(figures().pausedFor())
                .hasValueSatisfying(since -> assertThat(since).isGreaterThanOrEqualTo(SHORT));
        assertThat(claim(1).jobs()).isEmpty();
        assertThat(claim(1).more()).isFalse();

        answer(store().jobs().setPaused(QUEUE, false));
        assertThat(figures().paused()).isFalse();
        claimAll("t1", LONG, "a");
    }

    @Test
    default void pauseLeavesRunningJobsAndTheSweepAlone() {
        run(job("running"), "t1");
        enqueue("orphan");
        claimAll("t2", SHORT, "orphan");
        enqueue(job("scheduled").after(SHORT));
        answer(store().jobs().setPaused(QUEUE, true));
        letPass(SHORT.plusMillis(1));

        assertThat(claim(3).jobs()).isEmpty();

        assertThat(list(JobState.READY)).containsExactly("orphan", "scheduled");
        assertThat(settle(complete("running", "t1"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
    }

    @Test
    default void queueCanBePausedBeforeItsFirstJob() {
        answer(store().jobs().setPaused(QUEUE, true));
        assertThat(store().allQueues()).isEmpty();
        enqueue("a");

        assertThat(claim(1).jobs()).isEmpty();
    }

    @Test
    default void nextDueTellsHowLongUntilTheFirstScheduledJob() {
        assertThat(sweep().nextDue()).isEmpty();
        enqueue(job("later").after(LONG.multipliedBy(2)));
        enqueue(job("sooner").after(LONG));

        assertThat(sweep().nextDue())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(LONG.minus(Duration.ofMinutes(1)), LONG));
    }

    @Test
    default void nextDueTellsHowLongUntilTheFirstLeaseEnds() {
        enqueue(job("runs"));
        claim(1);
        enqueue(job("later").after(LONG.multipliedBy(2)));

        assertThat(sweep().nextDue())
                .hasValueSatisfying(wait -> assertThat(wait).isLessThanOrEqualTo(LONG));
    }
}
