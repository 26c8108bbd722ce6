package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.job.UniqueConflictException;
import io.mainstay.job.UniqueKey.OnConflict;
import io.mainstay.job.UniqueKey.Until;
import io.mainstay.machine.TimedTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** At most one job holds a key at a time. */
interface UniqueContract extends ContractSteps {

    /** A job with the key {@code k}. */
    private JobDraft unique(String id, Until until, OnConflict onConflict) {
        return job(id).unique("k", until, onConflict);
    }

    private JobDraft unique(String id, Until until) {
        return unique(id, until, OnConflict.KEEP);
    }

    private void assertTaken(Enqueued answer, String holder, JobState state) {
        assertThat(answer)
                .asInstanceOf(InstanceOfAssertFactories.type(Enqueued.Refused.class))
                .extracting(Enqueued.Refused::reason)
                .asInstanceOf(InstanceOfAssertFactories.type(UniqueConflictException.class))
                .satisfies(taken -> {
                    assertThat(taken.holder()).isEqualTo(new JobId(holder));
                    assertThat(taken.state()).isEqualTo(state);
                });
    }

    @Test
    default void theKeyIsKeptWithTheJob() {
        var asked = unique("a", new Until.Time(LONG), OnConflict.REPLACE).expiresIn(LONG);

        assertThat(enqueue(asked).job().spec()).isEqualTo(asked.build().spec());
        assertThat(claim(1).jobs()).singleElement().satisfies(job -> assertThat(job.spec())
                .isEqualTo(asked.build().spec()));
    }

    @Test
    default void keepAnswersWithTheJobThatHoldsTheKey() {
        enqueue(unique("a", Until.END));

        assertThat(enqueue(unique("b", Until.END))).isEqualTo(new Enqueued.Existing(find("a")));
        assertThat(list(JobState.READY)).containsExactly("a");
    }

    @Test
    default void rejectNamesTheJobThatHoldsTheKey() {
        enqueue(unique("a", Until.END).after(LONG));

        assertTaken(enqueue(unique("b", Until.END, OnConflict.REJECT)), "a", JobState.SCHEDULED);
        assertThat(list(JobState.READY)).isEmpty();
    }

    @Test
    default void replaceCancelsTheJobThatWaits() {
        enqueue(unique("a", Until.START));

        assertThat(enqueue(unique("b", Until.START, OnConflict.REPLACE)))
                .isEqualTo(new Enqueued.Created(find("b"), find("a")));
        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(find("a").status().errors()).extracting("type").containsExactly("replaced");
        assertThat(find("a").status().times().finishedAt()).isNotNull();
        assertThat(list(JobState.READY)).containsExactly("b");
    }

    /** Debounce: each request starts the wait anew, and the last one is what is done. */
    @Test
    default void replaceWithADelayStartsTheWaitAnew() {
        enqueue(unique("a", Until.START).after(SHORT));
        enqueue(unique("b", Until.START, OnConflict.REPLACE).after(LONG));
        letPass(SHORT);

        assertThat(claim(2).jobs()).isEmpty();
        assertThat(list(JobState.SCHEDULED)).containsExactly("b");
    }

    @Test
    default void replaceDoesNotTakeAJobFromItsWorker() {
        run(unique("a", Until.END), "t1");

        assertTaken(enqueue(unique("b", Until.END, OnConflict.REPLACE)), "a", JobState.RUNNING);
        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void replaceTakesTheKeyOfAJobThatHasEnded() {
        run(unique("a", new Until.Time(LONG)), "t1");
        settle(complete("a", "t1"));

        assertThat(enqueue(unique("b", new Until.Time(LONG), OnConflict.REPLACE)))
                .isInstanceOf(Enqueued.Created.class);
        assertThat(stateOf("a")).isEqualTo(JobState.SUCCEEDED);
        assertTaken(enqueue(unique("c", Until.END, OnConflict.REJECT)), "b", JobState.READY);
    }

    /** Many of them share a call, in which the one replaced is not in any set yet. */
    @Test
    default void ofManyAtOnceOneWaits() {
        List<Uni<Enqueued>> together = IntStream.range(0, 40)
                .mapToObj(i -> unique("job-" + i, Until.START, OnConflict.REPLACE))
                .map(draft -> draft.id().value().endsWith("7") ? draft.after(LONG) : draft)
                .map(draft -> store().jobs().enqueue(draft.build()))
                .toList();

        assertThat(answer(Uni.join().all(together).andFailFast())).hasSize(40).allSatisfy(answer -> assertThat(answer)
                .isInstanceOf(Enqueued.Created.class));
        assertThat(list(JobState.READY).size() + list(JobState.SCHEDULED).size())
                .isOne();
        assertThat(list(JobState.CANCELLED)).hasSize(39);
        assertThat(claim(40).jobs().size() + list(JobState.SCHEDULED).size()).isOne();
    }

    @Test
    default void lateRepeatOfWhatWasReplacedChangesNothing() {
        enqueue(unique("a", Until.START, OnConflict.REPLACE));
        enqueue(unique("b", Until.START, OnConflict.REPLACE));

        assertThat(enqueue(unique("a", Until.START, OnConflict.REPLACE))).isEqualTo(new Enqueued.Existing(find("a")));
        assertThat(list(JobState.READY)).containsExactly("b");
    }

    @Test
    default void repeatOfWhatReplacedChangesNothing() {
        enqueue(unique("a", Until.START));
        var replacing = unique("b", Until.START, OnConflict.REPLACE);
        enqueue(replacing);

        assertThat(enqueue(replacing)).isEqualTo(new Enqueued.Existing(find("b")));
        assertThat(stateOf("b")).isEqualTo(JobState.READY);
    }

    @Test
    default void untilStartTheKeyIsFreeWhenTheJobRunsAndStaysSo() {
        run(unique("a", Until.START), "t1");

        assertThat(enqueue(unique("b", Until.START))).isInstanceOf(Enqueued.Created.class);
        cancel("b");
        settle(fail("a", "t1", LONG));
        assertThat(enqueue(unique("c", Until.START))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void untilEndTheKeyIsHeldWhileTheJobRunsAndWaitsForARetry() {
        run(unique("a", Until.END), "t1");
        assertThat(enqueue(unique("b", Until.END))).isInstanceOf(Enqueued.Existing.class);
        settle(fail("a", "t1", LONG));
        assertThat(enqueue(unique("b", Until.END))).isInstanceOf(Enqueued.Existing.class);
        cancel("a");

        assertThat(enqueue(unique("b", Until.END))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void untilEndTheKeyIsFreeWhenTheJobHasEnded() {
        run(unique("a", Until.END), "t1");
        settle(complete("a", "t1"));
        run(unique("b", Until.END), "t2");
        settle(failForGood("b", "t2"));

        assertThat(enqueue(unique("c", Until.END))).isInstanceOf(Enqueued.Created.class);
    }

    @TimedTest
    default void forATimeTheKeyIsHeldWhateverBecomesOfTheJob() {
        Duration time = LimitContract.AMPLE;
        run(unique("a", new Until.Time(time)), "t1");
        settle(complete("a", "t1"));
        assertThat(enqueue(unique("b", Until.END))).isEqualTo(new Enqueued.Existing(find("a")));
        letPass(time);

        assertThat(enqueue(unique("b", Until.END))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void cancelledJobHoldsNothing() {
        enqueue(unique("a", new Until.Time(LONG)));
        cancel("a");

        assertThat(enqueue(unique("b", Until.END))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void otherKeysAndOtherQueuesAreOthers() {
        QueueName other = new QueueName("mails");
        enqueue(unique("a", Until.END));

        assertThat(enqueue(job("b").unique("K", Until.END, OnConflict.KEEP))).isInstanceOf(Enqueued.Created.class);
        var elsewhere = JobDraft.job(other, "a").unique("k", Until.END, OnConflict.KEEP);
        assertThat(answer(store().jobs().enqueue(elsewhere.build()))).isInstanceOf(Enqueued.Created.class);
    }

    @Test
    default void requeuedJobHoldsItsKeyAgain() {
        bury(unique("a", Until.END));
        requeue("a", "r1");

        assertThat(enqueue(unique("b", Until.END))).isEqualTo(new Enqueued.Existing(find("a")));
    }

    @Test
    default void jobIsNotRequeuedWhileAnotherHoldsItsKey() {
        bury(unique("a", Until.END));
        enqueue(unique("b", Until.END));

        assertThat(requeue("a", "r1")).isEqualTo(new Change.KeyTaken(new JobId("b"), JobState.READY));
        assertThat(stateOf("a")).isEqualTo(JobState.DEAD);
        cancel("b");
        assertThat(requeue("a", "r2")).isInstanceOf(Change.Applied.class);
    }

    @Test
    default void keyOfADeletedJobIsFree() {
        run(unique("a", new Until.Time(LONG)), "t1");
        settle(complete("a", "t1"));
        letPass(SHORT);
        answer(store().leases().prune(QUEUE, new Retention(JobState.SUCCEEDED, Duration.ZERO, 0, 10)));

        assertThat(enqueue(unique("b", Until.END))).isInstanceOf(Enqueued.Created.class);
        assertThat(enqueue(unique("c", Until.END))).isEqualTo(new Enqueued.Existing(find("b")));
    }

    private void bury(JobDraft draft) {
        run(draft, "t-bury");
        settle(failForGood(draft.id().value(), "t-bury"));
    }
}
