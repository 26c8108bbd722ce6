package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Cancel and requeue. */
interface ChangeContract extends ContractSteps {

    @Test
    default void jobThatHasNotEndedCanBeCancelled() {
        enqueue(job("scheduled").after(LONG));
        run(job("running"), "t1");
        enqueue("ready");

        for (String id : new String[] {"scheduled", "running", "ready"}) {
            Instant before = store().now();
            Change change = cancel(id);
            assertThat(change).isEqualTo(new Change.Applied(find(id)));
            assertThat(stateOf(id)).isEqualTo(JobState.CANCELLED);
            assertThat(find(id).status().times().finishedAt()).isBetween(before, store().now());
        }
        assertThat(list(JobState.CANCELLED)).containsExactlyInAnyOrder("scheduled", "running", "ready");
        assertThat(list(JobState.SCHEDULED)).isEmpty();
        assertThat(list(JobState.RUNNING)).isEmpty();
        assertThat(claim(3).jobs()).isEmpty();
    }

    @Test
    default void cancellingAgainChangesNothing() {
        enqueue("a");
        Change first = cancel("a");
        letPass(Duration.ofMillis(1));

        assertThat(cancel("a")).isEqualTo(first);
    }

    @Test
    default void jobThatEndedByItselfCannotBeCancelled() {
        bury("dead");
        run(job("done"), "t1");
        settle(complete("done", "t1"));

        assertThat(cancel("dead")).isEqualTo(new Change.NotAllowed(JobState.DEAD));
        assertThat(cancel("done")).isEqualTo(new Change.NotAllowed(JobState.SUCCEEDED));
        assertThat(cancel("unknown")).isEqualTo(new Change.NotFound());
    }

    @Test
    default void deadJobRunsAgainWithFreshAttemptsAndItsOldErrors() {
        bury("a");
        Instant before = store().now();

        assertThat(requeue("a", "r1")).isEqualTo(new Change.Applied(find("a")));

        Job job = find("a");
        assertThat(job.state()).isEqualTo(JobState.READY);
        assertThat(job.status().attempt()).isZero();
        assertThat(job.status().errors()).extracting(AttemptError::type).containsExactly("boom");
        assertThat(job.status().times().runAt()).isBetween(before, store().now());
        assertThat(job.status().times().startedAt()).isNull();
        assertThat(job.status().times().finishedAt()).isNull();
        assertThat(list(JobState.DEAD)).isEmpty();
        claimAll("t2", LONG, "a");
        assertThat(find("a").status().attempt()).isEqualTo(1);
    }

    @Test
    default void cancelledJobCanBeRequeued() {
        enqueue("a");
        cancel("a");

        assertThat(requeue("a", "r1")).isInstanceOf(Change.Applied.class);
        assertThat(list(JobState.CANCELLED)).isEmpty();
        claimAll("t1", LONG, "a");
    }

    @Test
    default void requeuedJobQueuesUpBehindThoseThatWait() {
        bury("a");
        enqueue("b");
        requeue("a", "r1");

        assertThat(list(JobState.READY)).containsExactly("b", "a");
    }

    @Test
    default void repeatedRequeueDoesNothingEvenWhenTheJobDiedAgain() {
        bury("a");
        requeue("a", "r1");
        assertThat(requeue("a", "r1")).isEqualTo(new Change.Applied(find("a")));
        claimAll("t1", LONG, "a");
        settle(failForGood("a", "t1"));

        assertThat(requeue("a", "r1")).isEqualTo(new Change.Applied(find("a")));
        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);

        requeue("a", "r2");
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void jobThatHasNotFailedCannotBeRequeued() {
        enqueue(job("scheduled").after(LONG));
        run(job("done"), "t1");
        settle(complete("done", "t1"));
        run(job("running"), "t2");
        enqueue("ready");

        assertThat(requeue("scheduled", "r")).isEqualTo(new Change.NotAllowed(JobState.SCHEDULED));
        assertThat(requeue("done", "r")).isEqualTo(new Change.NotAllowed(JobState.SUCCEEDED));
        assertThat(requeue("running", "r")).isEqualTo(new Change.NotAllowed(JobState.RUNNING));
        assertThat(requeue("ready", "r")).isEqualTo(new Change.NotAllowed(JobState.READY));
        assertThat(requeue("unknown", "r")).isEqualTo(new Change.NotFound());
    }
}
