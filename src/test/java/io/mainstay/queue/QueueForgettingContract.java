package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.flow.FlowJobsContract;
import io.mainstay.flow.FlowStep;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.StartTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A queue that has had nothing for a while is forgotten, and nothing but that. */
interface QueueForgettingContract extends ContractSteps {

    Duration FORGET_AFTER = Duration.ofMinutes(2);
    /** Longer than ids are remembered. */
    Duration LATER = Duration.ofMinutes(11);

    /** What keeps a queue. */
    enum Kept {
        READY(steps -> steps.enqueue("a")),
        SCHEDULED(steps -> steps.enqueue(steps.job("a").after(LONG))),
        RUNNING(steps -> steps.run(steps.job("a"), "t")),
        BLOCKED(steps -> place(steps, FlowStep.Wish.WAIT)),
        GROUPED(steps -> steps.enqueue(steps.job("a").group("g"))),
        FLOW_NEWS(steps -> {
            place(steps, FlowStep.Wish.RUN);
            steps.cancel(FlowJobsContract.ID);
        }),
        REMEMBERED_ID(steps -> {
            steps.enqueue("a");
            steps.cancel("a");
        }),
        LIMIT(steps -> steps.answer(steps.store()
                .jobs()
                .setLimits(QUEUE, LimitsDraft.NONE.concurrency(3).build()))),
        PAUSE(steps -> steps.answer(steps.store().jobs().setPaused(QUEUE, true))),
        PAUSED_HANDLER(steps -> steps.answer(steps.store().jobs().setPaused(QUEUE, new HandlerName("mail"), true)));

        private final Consumer<ContractSteps> how;

        Kept(Consumer<ContractSteps> how) {
            this.how = how;
        }
    }

    @Test
    default void queueThatHasHadNothingForLongEnoughIsForgotten() {
        usedBefore();
        store().step(FORGET_AFTER.minusSeconds(5));
        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).containsExactly(QUEUE);

        store().step(Duration.ofSeconds(6));
        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).isEmpty();

        enqueue("a");
        assertThat(store().allQueues()).containsExactly(QUEUE);
        claimAll("t1", LONG, "a");
    }

    @ParameterizedTest
    @EnumSource
    default void queueThatHasSomethingIsKept(Kept kept) {
        usedBefore();
        kept.how.accept(this);

        pruneAll(Duration.ZERO);
        store().step(FORGET_AFTER.plusSeconds(1));
        pruneAll(Duration.ZERO);
        store().step(FORGET_AFTER.plusSeconds(1));
        pruneAll(Duration.ZERO);

        assertThat(store().allQueues()).containsExactly(QUEUE);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"SUCCEEDED", "DEAD", "CANCELLED"})
    default void queueWithEndedJobsIsKept(JobState state) {
        usedBefore();
        run(job("a"), "t");
        switch (state) {
            case SUCCEEDED -> settle(complete("a", "t"));
            case DEAD -> settle(failForGood("a", "t"));
            default -> cancel("a");
        }

        for (int i = 0; i < 3; i++) {
            pruneAll(Duration.ofDays(1));
            store().step(LATER);
        }
        assertThat(store().allQueues()).containsExactly(QUEUE);
        assertThat(stateOf("a")).isEqualTo(state);
    }

    @Test
    default void jobThatComesAndGoesMeanwhileStartsTheTimeAnew() {
        usedBefore();
        enqueue("b");
        cancel("b");
        store().step(LATER);

        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).containsExactly(QUEUE);
        store().step(FORGET_AFTER.plusSeconds(1));
        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).isEmpty();
    }

    @Test
    default void queueIsForgottenOnceItsPauseHasBeenOverForLongEnough() {
        usedBefore();
        answer(store().jobs().setPaused(QUEUE, true));
        store().step(FORGET_AFTER);
        pruneAll(Duration.ZERO);
        answer(store().jobs().setPaused(QUEUE, false));
        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).containsExactly(QUEUE);

        store().step(FORGET_AFTER);
        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).isEmpty();
    }

    @Test
    default void pruningAQueueThatIsGoneDoesNotBringItBack() {
        usedBefore();
        answer(store().queues().deleteSome(QUEUE, true, 10));

        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).isEmpty();
    }

    /** It has nothing any more, which was seen just now. */
    private void usedBefore() {
        enqueue("used");
        cancel("used");
        store().step(LATER);
        pruneAll(Duration.ZERO);
        assertThat(store().allQueues()).containsExactly(QUEUE);
    }

    private void pruneAll(Duration maxAge) {
        List<Retention> retentions = Stream.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED)
                .map(state -> new Retention(state, maxAge, 100, 100))
                .toList();
        answer(store().leases().prune(QUEUE, new Pruning(retentions, Duration.ofSeconds(1), FORGET_AFTER)));
    }

    private static void place(ContractSteps steps, FlowStep.Wish wish) {
        FlowStep step = new FlowStep(
                FlowJobsContract.MEMBER,
                QUEUE,
                wish,
                StartTime.NOW,
                steps.job("any").build().spec());
        steps.answer(steps.store().flowJobs().place(QUEUE, List.of(step)));
    }
}
