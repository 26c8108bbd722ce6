package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Why a job is not running: every case there is. */
interface ExplainContract extends ContractSteps {

    @Test
    default void jobThatIsNotThereHasNoExplanation() {
        enqueue("a");

        assertThat(answer(store().jobs().explain(QUEUE, new JobId("b")))).isEmpty();
        assertThat(answer(store().jobs().explain(new QueueName("unknown"), new JobId("a"))))
                .isEmpty();
    }

    @Test
    default void delayedJobIsNotDue() {
        enqueue(job("a").after(LONG));

        Explanation why = explain("a");
        assertThat(why.reason()).isEqualTo(WaitReason.NOT_DUE);
        assertThat(why.job().status()).isEqualTo(find("a").status());
        assertThat(why.job().status().times().runAt()).isAfter(why.at());
        assertThat(why.ahead()).isEmpty();
        assertThat(why.lease()).isEmpty();
    }

    @Test
    default void delayedJobOfAPausedQueueIsNotDueFirstOfAll() {
        enqueue(job("a").after(LONG));
        answer(store().jobs().setPaused(QUEUE, true));

        assertThat(explain("a").reason()).isEqualTo(WaitReason.NOT_DUE);
        assertThat(explain("a").paused()).isTrue();
    }

    @Test
    default void failedAttemptIsWaitedOutWithItsError() {
        run(job("a"), "t1");
        settle(fail("a", "t1", LONG));

        Explanation why = explain("a");
        assertThat(why.reason()).isEqualTo(WaitReason.BACKOFF);
        assertThat(why.lastError()).map(AttemptError::type).hasValue("boom");
        assertThat(why.job().status().times().runAt()).isAfter(why.at());
    }

    @Test
    default void timeThatHasComeIsSeenBeforeAnybodySweeps() {
        run(job("b"), "t1");
        settle(fail("b", "t1", SHORT));
        // After the last claim, which would put it in line if its time had come by then.
        enqueue(job("a").after(SHORT));
        letPass(SHORT.plusMillis(1));

        assertThat(explain("a").reason()).isEqualTo(WaitReason.DUE);
        assertThat(explain("b").reason()).isEqualTo(WaitReason.DUE);
        answer(store().jobs().setPaused(QUEUE, true));
        assertThat(explain("a").reason()).isEqualTo(WaitReason.PAUSED);
        assertThat(explain("a").ahead()).isEmpty();
    }

    @Test
    default void readyJobsAreInLineByPriorityThenArrival() {
        enqueue(job("third"));
        enqueue(job("fourth"));
        enqueue(job("fifth").priority(0));
        enqueue(job("first").priority(9));
        enqueue(job("second").priority(9));

        String[] line = {"first", "second", "third", "fourth", "fifth"};
        for (int place = 0; place < line.length; place++) {
            Explanation why = explain(line[place]);
            assertThat(why.reason()).isEqualTo(WaitReason.IN_LINE);
            assertThat(why.ahead()).as(line[place]).hasValue(place);
        }
        claim(2);
        assertThat(explain("third").ahead()).hasValue(0);
        assertThat(explain("third").running()).isEqualTo(2);
    }

    @Test
    default void readyJobOfAPausedQueueIsHeldByThePause() {
        enqueue("a", "b");
        answer(store().jobs().setPaused(QUEUE, true));

        assertThat(explain("b").reason()).isEqualTo(WaitReason.PAUSED);
        assertThat(explain("b").ahead()).hasValue(1);
        answer(store().jobs().setPaused(QUEUE, false));
        assertThat(explain("b").reason()).isEqualTo(WaitReason.IN_LINE);
    }

    @Test
    default void readyJobThatRanBeforeBringsItsLastError() {
        enqueue("a");
        claimAll("t1", LONG, "a");
        receive("t1", SHORT, "a");
        letPass(SHORT.plusMillis(1));
        sweep();

        Explanation why = explain("a");
        assertThat(why.reason()).isEqualTo(WaitReason.IN_LINE);
        assertThat(why.lastError()).map(AttemptError::type).hasValue("lease-expired");
        assertThat(why.lease()).isEmpty();
    }

    @Test
    default void runningJobTellsItsLeaseAndItsHolder() {
        enqueue("a", "b");
        claimAll("pod-1.t1", LONG, "a");
        answer(store().jobs().setPaused(QUEUE, true));
        Explanation why = explain("a");

        assertThat(why.reason()).isEqualTo(WaitReason.RUNNING);
        assertThat(why.running()).isEqualTo(1);
        assertThat(why.lease()).hasValueSatisfying(lease -> {
            assertThat(Duration.between(why.at(), lease.until())).isBetween(LONG.minus(Duration.ofMinutes(1)), LONG);
            assertThat(lease.holder()).hasValue("pod-1");
        });
        answer(store().jobs().setPaused(QUEUE, false));
        claimAll("t2", LONG, "b");
        assertThat(explain("b").lease())
                .hasValueSatisfying(lease -> assertThat(lease.holder()).isEmpty());
    }

    @Test
    default void leaseThatIsOverIsSeenBeforeAnybodyTakesTheJob() {
        enqueue("a");
        claimAll("t1", SHORT, "a");
        letPass(SHORT.plusMillis(1));

        Explanation why = explain("a");
        assertThat(why.reason()).isEqualTo(WaitReason.LEASE_OVER);
        assertThat(why.job().state()).isEqualTo(JobState.RUNNING);
        assertThat(why.lease())
                .hasValueSatisfying(lease -> assertThat(lease.until()).isBeforeOrEqualTo(why.at()));
    }

    @Test
    default void endedJobsHaveEnded() {
        run(job("succeeded"), "t1");
        settle(complete("succeeded", "t1"));
        bury("dead");
        enqueue("cancelled");
        cancel("cancelled");

        for (JobState state : new JobState[] {JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED}) {
            Explanation why = explain(state.wireName());
            assertThat(why.reason()).isEqualTo(WaitReason.ENDED);
            Job job = why.job();
            assertThat(job.state()).isEqualTo(state);
            assertThat(job.status().times().finishedAt()).isBeforeOrEqualTo(why.at());
            assertThat(why.ahead()).isEmpty();
            assertThat(why.lease()).isEmpty();
        }
        assertThat(explain("dead").lastError()).map(AttemptError::type).hasValue("boom");
    }

    @Test
    default void requeuedJobIsBackInLine() {
        bury("a");
        requeue("a", "r1");

        assertThat(explain("a").reason()).isEqualTo(WaitReason.IN_LINE);
    }

    private Explanation explain(String id) {
        return answer(store().jobs().explain(QUEUE, new JobId(id))).orElseThrow();
    }
}
