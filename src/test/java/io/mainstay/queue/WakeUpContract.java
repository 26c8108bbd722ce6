package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.flow.FlowStep;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.JobState;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueKey.OnConflict;
import io.mainstay.job.UniqueKey.Until;
import io.mainstay.queue.search.JobFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Workers are told of a queue when something may start there and nothing could before, and else not. */
interface WakeUpContract extends ContractSteps {

    private void assertTold(Runnable change) {
        store().told();
        change.run();
        assertThat(store().told()).containsExactly(QUEUE);
    }

    private void assertNotTold(Runnable change) {
        store().told();
        change.run();
        assertThat(store().told()).isEmpty();
    }

    private JobDraft grouped(String id) {
        return job(id).group("g");
    }

    private JobDraft ordered(String id) {
        return job(id).inOrderOf("o");
    }

    private void limit(LimitsDraft limits) {
        answer(store().jobs().setLimits(QUEUE, limits.build()));
    }

    @Test
    default void firstJobIsToldOf() {
        assertTold(() -> enqueue("a"));
        assertNotTold(() -> enqueue("b"));
        claim(2);
        assertTold(() -> enqueue("c"));
    }

    @Test
    default void firstJobOfAGroupIsToldOf() {
        assertTold(() -> enqueue(grouped("a")));
        assertNotTold(() -> enqueue(grouped("b")));
        assertNotTold(() -> enqueue(job("c").group("another")));
        assertNotTold(() -> enqueue("d"));
        claim(4);
        assertTold(() -> enqueue(grouped("e")));
    }

    @Test
    default void jobThatMayNotStartIsNotToldOfButTheEndOfWhatItWaitsFor() {
        enqueue(ordered("a"));
        claim(1, "t", LONG);

        assertNotTold(() -> enqueue(ordered("b")));
        assertTold(() -> settle(complete("a", "t")));
        claim(1, "t2", LONG);
        enqueue(ordered("c"));
        assertTold(() -> settle(failForGood("b", "t2")));
    }

    @Test
    default void groupThatMayStartAgainIsNoNewsBesideAJobThatMay() {
        enqueue(ordered("a"));
        claim(1, "t", LONG);
        enqueue(ordered("b"));
        enqueue("c");

        assertNotTold(() -> settle(complete("a", "t")));
    }

    @Test
    default void cancelOfWhatOthersWaitForIsToldOf() {
        enqueue(ordered("running"));
        claim(1, "t", LONG);
        enqueue(ordered("b"));
        assertTold(() -> cancel("running"));

        claim(1, "t2", LONG);
        settle(fail("b", "t2", LONG));
        assertNotTold(() -> enqueue(ordered("c")));
        assertTold(() -> cancel("b"));
    }

    @Test
    default void cancelOfManyThatOthersWaitForIsToldOf() {
        enqueue(ordered("retrying"));
        claim(1, "t", LONG);
        settle(fail("retrying", "t", LONG));
        enqueue(ordered("b"));

        assertTold(() -> change(BulkAction.CANCEL, JobState.SCHEDULED));
    }

    @Test
    default void replacingWhatOthersWaitForIsToldOf() {
        enqueue(ordered("a").unique("k", Until.END, OnConflict.REPLACE));
        enqueue(ordered("b"));
        enqueue(job("held").group("h").after(LONG));
        claim(1, "t", LONG);
        settle(fail("a", "t", LONG));

        assertTold(() -> enqueue(job("c").after(LONG).unique("k", Until.END, OnConflict.REPLACE)));
    }

    @Test
    default void requeuedJobIsToldOfIfItIsTheFirst() {
        bury("a", "b");
        assertTold(() -> requeue("a", "r1"));
        assertNotTold(() -> requeue("b", "r2"));
    }

    @Test
    default void requeuedJobOfAGroupIsToldOfIfItIsTheFirst() {
        for (String id : List.of("a", "b")) {
            enqueue(grouped(id));
            claim(1, "t-" + id, LONG);
            settle(failForGood(id, "t-" + id));
        }
        assertTold(() -> requeue("a", "r1"));
        assertNotTold(() -> requeue("b", "r2"));
    }

    @Test
    default void manyRequeuedJobsOfGroupsAreToldOfOnce() {
        enqueue(ordered("running"));
        enqueue(ordered("dead"));
        claim(1, "t", LONG);
        settle(failForGood("running", "t"));
        claim(1, "t2", LONG);
        settle(failForGood("dead", "t2"));

        assertTold(() -> change(BulkAction.REQUEUE, JobState.DEAD));
        assertNotTold(() -> change(BulkAction.REQUEUE, JobState.DEAD));
    }

    @Test
    default void releasedJobIsToldOfIfNothingElseMayStart() {
        enqueue(grouped("a"));
        enqueue(grouped("b"));
        claim(2, "t", LONG);

        assertTold(() -> settle(release("a", "t")));
        assertNotTold(() -> settle(release("b", "t")));
    }

    @Test
    default void roomForAnotherRunningJobIsToldOfIfOneWaits() {
        limit(LimitsDraft.NONE.concurrency(1));
        enqueue("a");
        enqueue("b");
        claim(1, "t", LONG);

        assertTold(() -> settle(complete("a", "t")));
        claim(1, "t2", LONG);
        assertNotTold(() -> settle(complete("b", "t2")));
    }

    @Test
    default void cancelOfAJobThatWaitsMakesNoRoom() {
        limit(LimitsDraft.NONE.concurrency(1));
        enqueue("a");
        enqueue("b");
        enqueue("c");
        claim(1, "t", LONG);

        assertNotTold(() -> cancel("b"));
        assertTold(() -> cancel("a"));
    }

    @Test
    default void stepsOfFlowsAreToldOfLikeOtherJobs() {
        assertTold(() -> place("g", 0));
        assertNotTold(() -> place("g", 1));
        claim(2, "t", LONG);
        assertTold(() -> place("g", 2));
    }

    private void place(String group, int step) {
        FlowMember member = new FlowMember(new FlowId("f"), step);
        FlowStep.Wish run = FlowStep.Wish.RUN;
        FlowStep placed = new FlowStep(
                member, QUEUE, run, StartTime.NOW, job("x").group(group).build().spec());
        answer(store().flowJobs().place(QUEUE, List.of(placed)));
    }

    @Test
    default void whatIsDueSoonerThanTheFirstIsToldOf() {
        assertTold(() -> enqueue(job("a").after(Duration.ofSeconds(50))));
        assertNotTold(() -> enqueue(job("b").after(Duration.ofSeconds(55))));
        assertNotTold(() -> enqueue(job("far").after(LONG)));
        assertTold(() -> enqueue(job("c").after(Duration.ofSeconds(20))));
    }

    @Test
    default void whatASweepLeavesToOthersIsToldOf() {
        enqueue(grouped("a").after(SHORT));
        enqueue(grouped("b").after(SHORT));
        letPass(SHORT);

        assertTold(() -> sweep());
    }

    @Test
    default void whoSweepsPassesOnWhatOthersMayHaveMissed() {
        enqueue("a");
        assertTold(() -> sweep());

        answer(store().jobs().setPaused(QUEUE, true));
        assertNotTold(() -> sweep());
    }

    @Test
    default void endOfAPauseAndNewLimitsAreToldOf() {
        enqueue("a");
        assertNotTold(() -> answer(store().jobs().setPaused(QUEUE, true)));
        assertTold(() -> answer(store().jobs().setPaused(QUEUE, false)));
        assertTold(() -> limit(LimitsDraft.NONE.concurrency(1)));
        assertNotTold(() -> answer(store().jobs().setPaused(QUEUE, job("a").handler(), true)));
        assertTold(() -> answer(store().jobs().setPaused(QUEUE, job("a").handler(), false)));
    }

    private void change(BulkAction action, JobState state) {
        PageRequest all = new PageRequest(state, Optional.empty(), 10);
        answer(store().bulkActions()
                .change(QUEUE, new BulkActionRequest(action, JobFilter.ALL, all, "t" + action + store().now())));
    }
}
