package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueKey;
import io.mainstay.queue.changes.Rescheduling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Another priority or another time for a job that waits. */
interface RescheduleContract extends ContractSteps {

    private static Rescheduling priority(int value) {
        return new Rescheduling(OptionalInt.of(value), Optional.empty());
    }

    private static Rescheduling start(StartTime start) {
        return new Rescheduling(OptionalInt.empty(), Optional.of(start));
    }

    @Test
    default void delayedJobRunsNow() {
        enqueue(job("a").after(LONG));
        Instant before = store().now();

        assertThat(runNow("a", "r1")).isEqualTo(new Change.Applied(find("a")));

        assertThat(stateOf("a")).isEqualTo(JobState.READY);
        assertThat(find("a").status().times().runAt()).isBetween(before, store().now());
        assertThat(list(JobState.SCHEDULED)).isEmpty();
        claimAll("t1", LONG, "a");
    }

    @Test
    default void jobThatWaitsForItsNextAttemptRunsNowAndKeepsItsAttempts() {
        run(job("a"), "t1");
        settle(fail("a", "t1", LONG));

        runNow("a", "r1");

        claimAll("t2", LONG, "a");
        assertThat(find("a").status().attempt()).isEqualTo(2);
        assertThat(find("a").status().errors()).hasSize(1);
    }

    @Test
    default void jobThatRunsNowQueuesUpBehindThoseThatWait() {
        enqueue(job("a").after(LONG));
        enqueue("b");
        runNow("a", "r1");

        assertThat(list(JobState.READY)).containsExactly("b", "a");
    }

    @Test
    default void readyJobStaysWhereItIs() {
        enqueue("a", "b");

        assertThat(runNow("a", "r1")).isEqualTo(new Change.Applied(find("a")));
        assertThat(list(JobState.READY)).containsExactly("a", "b");
    }

    @Test
    default void repeatChangesNothingMore() {
        enqueue(job("a").after(LONG));
        runNow("a", "r1");
        claimAll("t1", LONG, "a");
        settle(fail("a", "t1", LONG));

        assertThat(runNow("a", "r1")).isEqualTo(new Change.Applied(find("a")));
        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);

        runNow("a", "r2");
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void onlyJobsThatWaitAreChanged() {
        bury("dead");
        run(job("running"), "t1");
        enqueue("cancelled");
        cancel("cancelled");

        assertThat(runNow("dead", "r")).isEqualTo(new Change.NotAllowed(JobState.DEAD));
        assertThat(runNow("running", "r")).isEqualTo(new Change.NotAllowed(JobState.RUNNING));
        assertThat(runNow("cancelled", "r")).isEqualTo(new Change.NotAllowed(JobState.CANCELLED));
        assertThat(runNow("unknown", "r")).isEqualTo(new Change.NotFound());
    }

    @Test
    default void workersHearOfAJobThatRunsNow() {
        enqueue(job("a").after(LONG));
        store().told();
        runNow("a", "r1");

        assertThat(store().told()).containsExactly(QUEUE);
    }

    @Test
    default void jobOfAnotherHandlerRunsNowWithItsOwnLine() {
        enqueue("a");
        enqueue(job("b").handledBy("mail").after(LONG));
        runNow("b", "r1");

        assertThat(list(JobState.READY)).containsExactlyInAnyOrder("a", "b");
        assertThat(answer(store().dueJobs().dueJobs(QUEUE, Set.of(new HandlerName("mail"))))
                        .oldest())
                .isPresent();
    }

    @Test
    default void readyJobIsPutOff() {
        enqueue("a", "b");

        reschedule("a", start(new StartTime.After(LONG)), "r1");

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(list(JobState.READY)).containsExactly("b");
        assertThat(list(JobState.SCHEDULED)).containsExactly("a");
        claimAll("t1", LONG, "b");
        assertThat(claim(1).jobs()).isEmpty();
        assertThat(claim(1).nextDue()).isPresent();
    }

    @Test
    default void jobThatWasPutOffComesWhenItIsDue() {
        enqueue("a");
        reschedule("a", start(new StartTime.After(SHORT)), "r1");
        letPass(SHORT);

        claimAll("t1", LONG, "a");
    }

    @Test
    default void jobThatWasGivenBackAndPutOffIsKnownToHaveBeenGivenBack() {
        run(job("a"), "t1");
        settle(release("a", "t1"));
        reschedule("a", start(new StartTime.After(LONG)), "r1");

        assertThat(settle(release("a", "t1"))).isEqualTo(new Settled.Applied(JobState.SCHEDULED, true));
    }

    @Test
    default void workersHearOfAJobThatIsDueSooner() {
        enqueue(job("a").after(LONG));
        store().told();

        reschedule("a", start(new StartTime.After(Duration.ofSeconds(5))), "r1");
        assertThat(store().told()).containsExactly(QUEUE);
        reschedule("a", start(new StartTime.After(Duration.ofMinutes(30))), "r2");
        assertThat(store().told()).isEmpty();
    }

    @Test
    default void timeThatIsGivenIsKept() {
        enqueue(job("a").after(LONG));
        Instant time = store().now().plus(Duration.ofDays(1));

        reschedule("a", start(new StartTime.At(time)), "r1");

        assertThat(find("a").status().times().runAt()).isEqualTo(time);
    }

    @Test
    default void higherPriorityComesFirstAndKeepsItsPlaceWithinIt() {
        enqueue("a", "b", "c");
        reschedule("c", priority(9), "r1");
        reschedule("b", priority(9), "r2");

        assertThat(list(JobState.READY)).containsExactly("b", "c", "a");
        assertThat(find("b").spec().priority()).isEqualTo(9);
        claimAll("t1", LONG, "b", "c", "a");
    }

    @Test
    default void priorityCanGoBackToTheDefault() {
        enqueue(job("a").priority(9));
        enqueue("b");
        reschedule("a", priority(0), "r1");
        assertThat(list(JobState.READY)).containsExactly("b", "a");

        reschedule("a", priority(4), "r2");
        assertThat(list(JobState.READY)).containsExactly("a", "b");
    }

    @Test
    default void priorityOfADelayedJobIsKeptForLater() {
        enqueue(job("a").after(LONG));
        enqueue("b");
        reschedule("a", priority(9), "r1");
        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);

        runNow("a", "r2");
        assertThat(list(JobState.READY)).containsExactly("a", "b");
    }

    @Test
    default void priorityAndTimeChangeTogether() {
        enqueue("a");
        enqueue(job("b").after(LONG));
        reschedule("b", new Rescheduling(OptionalInt.of(9), Optional.of(StartTime.NOW)), "r1");

        assertThat(list(JobState.READY)).containsExactly("b", "a");
    }

    @Test
    default void jobOfAGroupChangesItsPlaceWithinIt() {
        enqueue(job("a").group("g"));
        enqueue(job("b").group("g"));
        reschedule("b", priority(9), "r1");

        claimAll("t1", LONG, "b", "a");
    }

    @Test
    default void jobForATargetChangesItsPlace() {
        enqueue("first");
        enqueue(job("a").goingTo("http", "https://a:443"));
        enqueue(job("b").goingTo("http", "https://b:443"));
        reschedule("b", priority(9), "r1");

        claimAll("t1", LONG, "b", "first", "a");
    }

    @Test
    default void orderedJobHasNoPriority() {
        enqueue(job("a").inOrderOf("g"));

        assertThat(reschedule("a", priority(9), "r1")).isEqualTo(new Change.Ordered());
    }

    @Test
    default void orderedJobThatWaitsForItsNextAttemptRunsNowBeforeThoseBehindIt() {
        run(job("a").inOrderOf("g"), "t1");
        enqueue(job("b").inOrderOf("g"));
        settle(fail("a", "t1", LONG));
        assertThat(claim(1).jobs()).isEmpty();

        runNow("a", "r1");
        claimAll("t2", LONG, "a");
        settle(complete("a", "t2"));
        claimAll("t3", LONG, "b");
    }

    @Test
    default void orderedJobThatIsPutOffBeforeItBeganHoldsUpNobody() {
        enqueue(job("a").inOrderOf("g"));
        enqueue(job("b").inOrderOf("g"));
        reschedule("a", start(new StartTime.After(LONG)), "r1");

        claimAll("t1", LONG, "b");
        settle(complete("b", "t1"));
        enqueue(job("c").inOrderOf("g"));
        runNow("a", "r2");
        assertThat(list(JobState.READY)).containsExactly("c", "a");
    }

    @Test
    default void orderedJobThatIsPutOffBetweenAttemptsHoldsUpTheOthers() {
        run(job("a").inOrderOf("g"), "t1");
        enqueue(job("b").inOrderOf("g"));
        settle(fail("a", "t1", Duration.ZERO));
        sweep();
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
        reschedule("a", start(new StartTime.After(LONG)), "r1");

        assertThat(claim(1).jobs()).isEmpty();
        runNow("a", "r2");
        claimAll("t2", LONG, "a");
    }

    @Test
    default void workersHearOfAHandlerThatMayStartOnceAnotherIsPutOff() {
        enqueue(job("a").inOrderOf("g"));
        enqueue(job("b").inOrderOf("g").handledBy("mail"));
        store().told();
        reschedule("a", start(new StartTime.After(LONG)), "r1");

        assertThat(store().told()).containsExactly(QUEUE);
    }

    @Test
    default void jobThatIsPutOffHoldsItsUniqueKey() {
        enqueue(job("a").unique("k", UniqueKey.Until.START, UniqueKey.OnConflict.REJECT));
        reschedule("a", start(new StartTime.After(LONG)), "r1");

        assertThat(enqueue(job("b").unique("k", UniqueKey.Until.START, UniqueKey.OnConflict.REJECT)))
                .isInstanceOf(Enqueued.Refused.class);
    }

    @Test
    default void figuresCountAJobThatRunsNowAsDue() {
        enqueue(job("a").after(LONG));
        runNow("a", "r1");

        assertThat(figures().counts()).containsEntry(JobState.READY, 1L).containsEntry(JobState.SCHEDULED, 0L);
        assertThat(figures().oldestDue()).isPresent();
        assertThat(List.of(QUEUE)).isEqualTo(store().allQueues());
    }
}
