package io.mainstay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.queue.Change;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.Retention;
import io.mainstay.queue.WaitReason;
import io.mainstay.registry.DeletionStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Jobs of flows: blocked, let run, cancelled, and the news of them that their flows are owed. */
public interface FlowJobsContract extends ContractSteps {

    FlowMember MEMBER = new FlowMember(new FlowId("f"), 0);
    String ID = MEMBER.job().value();

    @Test
    default void waitingJobIsBlockedAndNobodyGetsIt() {
        Placed placed = place(FlowStep.Wish.WAIT);

        assertThat(placed.created()).isTrue();
        assertThat(placed.report().state()).isEqualTo(JobState.BLOCKED);
        assertThat(placed.changed()).map(Job::state).hasValue(JobState.BLOCKED);
        assertThat(claim(10).jobs()).isEmpty();
        assertThat(list(JobState.BLOCKED)).containsExactly(ID);
        assertThat(figures().counts()).containsEntry(JobState.BLOCKED, 1L);
        assertThat(figures().oldestDue()).isEmpty();
        assertThat(answer(store().jobs().explain(QUEUE, MEMBER.job())))
                .map(Explanation::reason)
                .hasValue(WaitReason.WAITING_FOR_PARENTS);
    }

    @Test
    default void queueIsKnownFromItsFirstPlacedJob() {
        QueueName queue = new QueueName("placed-first");
        FlowStep wait = step(FlowStep.Wish.WAIT, StartTime.NOW);
        answer(store().flowJobs()
                .place(queue, List.of(new FlowStep(MEMBER, queue, wait.wish(), wait.start(), wait.spec()))));

        assertThat(store().allQueues()).contains(queue);
    }

    @Test
    default void blockedJobRunsOnceItMay() {
        place(FlowStep.Wish.WAIT);
        letPass(Duration.ofMillis(2));
        Placed placed = place(FlowStep.Wish.RUN);

        assertThat(placed.created()).isFalse();
        assertThat(placed.report().state()).isEqualTo(JobState.READY);
        Job job = placed.changed().orElseThrow();
        assertThat(job.status().times().runAt()).isAfter(job.status().times().enqueuedAt());
        assertThat(list(JobState.BLOCKED)).isEmpty();
        claimAll("t", LONG, ID);
    }

    @Test
    default void jobThatIsNotThereIsMadeAsWished() {
        assertThat(place(FlowStep.Wish.RUN).report().state()).isEqualTo(JobState.READY);
        assertThat(placeOther(1, FlowStep.Wish.CANCEL).report().state()).isEqualTo(JobState.CANCELLED);

        assertThat(list(JobState.READY)).containsExactly(ID);
        assertThat(list(JobState.CANCELLED)).containsExactly("flow-f-1");
        assertThat(find("flow-f-1").status().times().finishedAt()).isNotNull();
    }

    @Test
    default void placingAgainChangesNothing() {
        place(FlowStep.Wish.WAIT);
        assertThat(place(FlowStep.Wish.WAIT).changed()).isEmpty();
        place(FlowStep.Wish.RUN);
        for (FlowStep.Wish wish : FlowStep.Wish.values()) {
            assertThat(place(wish).changed()).isEmpty();
        }

        claimAll("t", LONG, ID);
        assertThat(place(FlowStep.Wish.RUN).report().state()).isEqualTo(JobState.RUNNING);
        assertThat(claim(10).jobs()).isEmpty();
    }

    @Test
    default void delayBeginsWhenTheJobMayRun() {
        FlowStep step = step(FlowStep.Wish.WAIT, new StartTime.After(LONG));
        place(step);
        letPass(SHORT);
        Instant before = store().now();
        Placed placed = place(step(FlowStep.Wish.RUN, new StartTime.After(LONG)));

        assertThat(placed.report().state()).isEqualTo(JobState.SCHEDULED);
        assertThat(find(ID).status().times().runAt()).isAfterOrEqualTo(before.plus(LONG));
    }

    /** Whoever serves the one that may start is not the only one who looks after the other. */
    @Test
    default void delayedJobIsDueThoughAnotherThatMayStartIsPlacedWithIt() {
        int bucket = store().due().bucketOf(QUEUE);
        answer(store().due().due(bucket, Duration.ZERO));
        FlowStep now = step(FlowStep.Wish.RUN, StartTime.NOW);
        FlowMember other = new FlowMember(MEMBER.flow(), 1);
        FlowStep later = new FlowStep(other, QUEUE, now.wish(), new StartTime.After(LONG), now.spec());
        answer(store().flowJobs().place(QUEUE, List.of(now, later)));

        assertThat(answer(store().due().due(bucket, Duration.ofDays(365))).queues())
                .filteredOn(due -> due.queue().equals(QUEUE) && due.work() == DueWork.CLAIM)
                .extracting(DueQueue::handler)
                .containsExactlyInAnyOrder(
                        Optional.empty(), Optional.of(now.spec().handler()));
    }

    @Test
    default void startThatHasPassedMeanwhileHoldsNothingUp() {
        place(step(FlowStep.Wish.WAIT, new StartTime.At(Instant.EPOCH)));

        assertThat(place(step(FlowStep.Wish.RUN, new StartTime.At(Instant.EPOCH)))
                        .report()
                        .state())
                .isEqualTo(JobState.READY);
    }

    @Test
    default void blockedJobIsCancelledByItsFlowWithoutNews() {
        place(FlowStep.Wish.WAIT);

        assertThat(place(FlowStep.Wish.CANCEL).report().state()).isEqualTo(JobState.CANCELLED);
        assertThat(list(JobState.BLOCKED)).isEmpty();
        assertThat(handover()).isEmpty();
    }

    @Test
    default void blockedJobIsCancelledByHandWithNews() {
        place(FlowStep.Wish.WAIT);
        assertThat(cancel(ID)).isInstanceOf(Change.Applied.class);

        assertThat(list(JobState.BLOCKED)).isEmpty();
        assertThat(place(FlowStep.Wish.RUN).report().state()).isEqualTo(JobState.CANCELLED);
        assertThat(handover()).map(FlowReport::state).hasValue(JobState.CANCELLED);
    }

    @Test
    default void everyEndIsNews() {
        FlowMember[] members = new FlowMember[4];
        for (int i = 0; i < members.length; i++) {
            members[i] = new FlowMember(MEMBER.flow(), i);
            placeOther(i, FlowStep.Wish.RUN);
        }
        claimAll("t", LONG, "flow-f-0", "flow-f-1");
        claimAll("gone", LONG, "flow-f-2");
        settle(complete("flow-f-0", "t"));
        settle(failForGood("flow-f-1", "t"));
        cancel("flow-f-3");
        receive("gone", SHORT, "flow-f-2");
        letPass(SHORT.plusMillis(1));
        // Three attempts.
        sweep();
        claimAll("gone2", LONG, "flow-f-2");
        receive("gone2", SHORT, "flow-f-2");
        letPass(SHORT.plusMillis(1));
        sweep();
        claimAll("gone3", LONG, "flow-f-2");
        receive("gone3", SHORT, "flow-f-2");
        letPass(SHORT.plusMillis(1));
        sweep();

        List<FlowReport> news = answer(store().flowJobs().handovers(QUEUE, Duration.ZERO, 10));
        assertThat(news)
                .extracting(FlowReport::state)
                .containsExactlyInAnyOrder(JobState.SUCCEEDED, JobState.DEAD, JobState.DEAD, JobState.CANCELLED);
        assertThat(news).extracting(FlowReport::turn).containsOnly(1);
        assertThat(news.get(0).result()).hasValue(new Json("{\"ok\":true}"));
        assertThat(answer(store().flowJobs().handovers(QUEUE, LONG, 10))).isEmpty();
    }

    @Test
    default void newsThatWereHandedOutStandBehindTheOthers() {
        for (int i = 0; i < 3; i++) {
            placeOther(i, FlowStep.Wish.RUN);
            cancel("flow-f-" + i);
            letPass(Duration.ofMillis(2));
        }

        assertThat(newsOf(2)).containsExactly("flow-f-0", "flow-f-1");
        letPass(Duration.ofMillis(2));
        assertThat(newsOf(2)).containsExactly("flow-f-2", "flow-f-0");
        letPass(Duration.ofMillis(2));
        assertThat(handover()).isPresent();
        assertThat(newsOf(1)).containsExactly("flow-f-1");
    }

    private List<String> newsOf(int most) {
        return answer(store().flowJobs().handovers(QUEUE, Duration.ZERO, most)).stream()
                .map(report -> report.member().job().value())
                .toList();
    }

    @Test
    default void whatGoesOnIsNoNews() {
        place(FlowStep.Wish.RUN);
        claimAll("t", LONG, ID);
        settle(release(ID, "t"));
        claimAll("t2", LONG, ID);
        settle(fail(ID, "t2", Duration.ZERO));

        assertThat(handover()).isEmpty();
    }

    @Test
    default void requeueIsNewsWithAHigherTurn() {
        place(FlowStep.Wish.RUN);
        cancel(ID);
        requeue(ID, "r");

        assertThat(handover()).hasValue(new FlowReport(MEMBER, JobState.READY, 2, Optional.empty()));
        requeue(ID, "r");
        assertThat(handover()).map(FlowReport::turn).hasValue(2);
    }

    @Test
    default void newsIsStruckOffUnlessThereIsNewer() {
        place(FlowStep.Wish.RUN);
        cancel(ID);
        FlowReport first = handover().orElseThrow();
        requeue(ID, "r");

        answer(store().flowJobs().handedOver(QUEUE, List.of(first)));
        FlowReport second = handover().orElseThrow();
        answer(store().flowJobs().handedOver(QUEUE, List.of(second)));
        assertThat(handover()).isEmpty();
        answer(store().flowJobs().handedOver(QUEUE, List.of(second)));
    }

    @Test
    default void jobWhoseFlowIsOwedNewsIsNotPruned() {
        place(FlowStep.Wish.RUN);
        cancel(ID);
        letPass(Duration.ofMillis(1));
        Retention all = new Retention(JobState.CANCELLED, Duration.ZERO, 0, 10);

        assertThat(answer(store().leases().prune(QUEUE, all))).isZero();
        answer(store().flowJobs().handedOver(QUEUE, List.of(handover().orElseThrow())));
        assertThat(answer(store().leases().prune(QUEUE, all))).isEqualTo(1);
    }

    @Test
    default void jobsWhoseFlowsAreOwedNewsHoldUpNoDeletionOfOthers() {
        for (int i = 0; i < 3; i++) {
            placeOther(i, FlowStep.Wish.RUN);
            cancel("flow-f-" + i);
            letPass(Duration.ofMillis(1));
        }
        enqueue("a", "b", "c");
        cancel("a");
        letPass(Duration.ofMillis(1));
        cancel("b");
        letPass(Duration.ofMillis(1));

        assertThat(answer(store().leases().prune(QUEUE, new Retention(JobState.CANCELLED, Duration.ZERO, 0, 1))))
                .isEqualTo(1);
        assertThat(list(JobState.CANCELLED)).containsExactly("b", "flow-f-2", "flow-f-1", "flow-f-0");
        DeletionStep step = answer(store().queues().deleteSome(QUEUE, true, 2));
        assertThat(step.deleted()).isEqualTo(2);
        assertThat(step.more()).isTrue();
        step = answer(store().queues().deleteSome(QUEUE, true, 2));
        assertThat(step.more()).isFalse();
        assertThat(step.gone()).isFalse();
        assertThat(step.left().text()).contains("3 cancelled jobs");
    }

    @Test
    default void jobsOfNoFlowAreNoNews() {
        run(job("a"), "t");
        settle(complete("a", "t"));

        assertThat(answer(store().flowJobs().handovers(QUEUE, Duration.ZERO, 10)))
                .isEmpty();
    }

    private Placed place(FlowStep.Wish wish) {
        return place(step(wish, StartTime.NOW));
    }

    private Placed place(FlowStep step) {
        return answer(store().flowJobs().place(QUEUE, List.of(step))).get(0);
    }

    private Placed placeOther(int index, FlowStep.Wish wish) {
        FlowMember other = new FlowMember(MEMBER.flow(), index);
        return place(new FlowStep(
                other, QUEUE, wish, StartTime.NOW, job("any").build().spec()));
    }

    private FlowStep step(FlowStep.Wish wish, StartTime start) {
        return new FlowStep(MEMBER, QUEUE, wish, start, job("any").build().spec());
    }

    private Optional<FlowReport> handover() {
        return answer(store().flowJobs().handover(QUEUE, MEMBER.job()));
    }
}
