package io.mainstay.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.machine.TimedTest;
import io.mainstay.mirror.LivePage.Cursor;
import io.mainstay.queue.Change;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settled;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What one store does for queues that are kept in two. A queue of the same store plays the other one's part. */
public interface MirrorContract extends ContractSteps {

    QueueName COPIES = new QueueName("orders.copies");
    Duration HOLD = Duration.ofMillis(300);
    /** Fences of the second epoch begin there. */
    long SECOND_EPOCH = 2L << 40;

    @Test
    default void storeThatKnowsNoMirroredQueueSaysSo() {
        MirrorLook look = look(QUEUE);

        assertThat(look.mirror()).isEmpty();
        assertThat(look.whole()).isFalse();
    }

    @Test
    default void storeIsWhatItIsSetToIfTheCallerKnowsWhatItIs() {
        Mirror owner = owner(1);
        assertThat(answer(mirror().set(QUEUE, Optional.empty(), owner))).contains(owner);
        assertThat(look(QUEUE).whole()).isTrue();

        Mirror other = new Mirror(Mirror.Role.COPY, 2, Mirror.UNKNOWN);
        assertThat(answer(mirror().set(QUEUE, Optional.empty(), other))).contains(owner);
        assertThat(answer(mirror().set(QUEUE, Optional.of(owner), other))).contains(other);
        assertThat(look(QUEUE).whole()).isFalse();
    }

    @Test
    default void storeIsNotWholeInARunThatIsOver() {
        Mirror owner = owner(1);
        store().restart();

        assertThat(answer(mirror().set(QUEUE, Optional.empty(), owner))).isEmpty();
    }

    @Test
    default void copyWaitsWhateverItsAge() {
        haveCopies(1);
        copy("a");
        letPass(SHORT);

        assertThat(claimCopies()).isEmpty();
        assertThat(look(COPIES).copies()).isEqualTo(1);
        assertThat(copied("a").state()).isEqualTo(JobState.SCHEDULED);
        assertThat(copied("a").spec()).isEqualTo(job("a").build().spec());
    }

    @Test
    default void copyThatIsThereIsNotMadeAgain() {
        haveCopies(1);
        copy("a");

        assertThat(answer(mirror().copy(atCopies(job("a").priority(9)), 1, false))
                        .there())
                .contains(JobState.SCHEDULED);
        assertThat(copied("a").spec().priority()).isEqualTo(4);
    }

    @Test
    default void copiesWithoutAnOwnerAreAsManyAsMayWait() {
        haveCopies(1);
        answer(store().jobs().setLimits(COPIES, QueueLimits.NONE.withMaxWaiting(1)));
        assertThat(answer(mirror().copy(atCopies(job("a")), 1, true)).full()).isEmpty();

        Copied second = answer(mirror().copy(atCopies(job("b")), 1, true));

        assertThat(second.full()).contains(new Copied.Full(1, 1));
        assertThat(look(COPIES).copies()).isEqualTo(1);
        assertThat(changed(COPIES)).containsExactly("a");
        assertThat(answer(mirror().copy(atCopies(job("a")), 1, true)).there()).contains(JobState.SCHEDULED);
        // The owner has let it in.
        assertThat(answer(mirror().copy(atCopies(job("b")), 1, false)).full()).isEmpty();
        assertThat(look(COPIES).copies()).isEqualTo(2);
    }

    @Test
    default void copyOfAnotherEpochIsNotKept() {
        haveCopies(2);

        Copied copied = answer(mirror().copy(atCopies(job("a")), 1, false));

        assertThat(copied.keptIn(1)).isFalse();
        assertThat(look(COPIES).copies()).isZero();
    }

    @Test
    default void ownerKeepsNoCopies() {
        own(1);
        assertThat(answer(mirror().copy(job("a").build(), 1, false)).keptIn(1)).isFalse();
        assertThat(list(JobState.READY)).isEmpty();
    }

    @Test
    default void enqueueThatIsForTheOwnerAddsNothingElsewhere() {
        NewJob job = job("a").build();
        assertThat(answer(store().jobs().enqueue(job, Admission.OWNED))).isInstanceOf(Enqueued.Moved.class);
        own(1);
        haveCopies(1);

        assertThat(answer(store().jobs().enqueue(job, Admission.OWNED))).isInstanceOf(Enqueued.Created.class);
        assertThat(answer(store().jobs().enqueue(atCopies(job("a")), Admission.OWNED)))
                .isInstanceOf(Enqueued.Moved.class);
    }

    @TimedTest
    default void copiesStartOnceTheOwnerWasSilentForSoLong() {
        haveCopies(1);
        copy("a");
        copy("b");
        assertThat(takeOver(1).left()).isPositive().isLessThanOrEqualTo(HOLD);
        letPass(HOLD.dividedBy(2));
        answer(mirror().ownerWorks(COPIES, 1));
        letPass(HOLD.dividedBy(2).plusMillis(50));
        assertThat(takeOver(1).left()).isPositive();
        assertThat(claimCopies()).isEmpty();

        letPass(HOLD);
        assertThat(takeOver(1).started()).isEqualTo(2);

        assertThat(look(COPIES).owns()).isTrue();
        assertThat(look(COPIES).epoch()).isEqualTo(2);
        assertThat(look(COPIES).whole()).isTrue();
        List<Job> claimed = claimCopies();
        assertThat(claimed).extracting(job -> job.id().value()).containsExactly("a", "b");
        assertThat(claimed)
                .extracting(job -> job.status().starts().claims())
                .containsExactly(SECOND_EPOCH + 1, SECOND_EPOCH + 1);
        assertThat(claimed).extracting(job -> job.status().attempt()).containsExactly(1, 1);
    }

    @Test
    default void copyThatIsNotDueWaitsForItsTimeAfterATakeover() {
        haveCopies(1);
        answer(mirror().copy(atCopies(job("a").after(LONG)), 1, false));
        letPass(HOLD.plusMillis(50));
        takeOver(1);

        assertThat(copied("a").state()).isEqualTo(JobState.SCHEDULED);
        assertThat(claimCopies()).isEmpty();
        assertThat(look(COPIES).live()).isEqualTo(1);
    }

    @Test
    default void ownerOfAnOlderEpochDoesNotWorkAnyMore() {
        haveCopies(1);
        letPass(HOLD.plusMillis(50));
        takeOver(1);

        answer(mirror().ownerWorks(COPIES, 1));
        assertThat(look(COPIES).owns()).isTrue();
        assertThat(answer(mirror().takeOver(COPIES, 5, HOLD)).started()).isZero();
        assertThat(look(COPIES).epoch()).isEqualTo(2);
    }

    @Test
    default void storeThatHasJustStartedWaitsForTheOwnerAgain() {
        haveCopies(1);
        copy("a");
        letPass(HOLD.plusMillis(50));
        store().restart();

        assertThat(takeOver(1).left()).isEqualTo(HOLD);
        letPass(HOLD.plusMillis(50));
        assertThat(takeOver(1).started()).isEqualTo(1);
    }

    @Test
    default void storeThatTookOverWhenItMayHaveLostSomethingIsToBeCompared() {
        haveCopies(1);
        store().restart();
        takeOver(1);
        letPass(HOLD.plusMillis(50));
        takeOver(1);

        assertThat(look(COPIES).owns()).isTrue();
        assertThat(look(COPIES).whole()).isTrue();
        assertThat(look(COPIES).uncompared()).isTrue();
        Mirror owner = look(COPIES).mirror().orElseThrow();
        answer(mirror().set(COPIES, Optional.of(owner), owner));
        assertThat(look(COPIES).uncompared()).isFalse();
    }

    @Test
    default void wholeStoreThatTookOverNeedNotBeCompared() {
        haveCopies(1);
        letPass(HOLD.plusMillis(50));
        takeOver(1);

        assertThat(look(COPIES).owns()).isTrue();
        assertThat(look(COPIES).uncompared()).isFalse();
    }

    @Test
    default void clockThatStepsBackDelaysATakeoverByNoMoreThanTheHold() {
        haveCopies(1);
        copy("a");
        store().step(LONG.negated());

        assertThat(takeOver(1).left()).isEqualTo(HOLD);
        letPass(HOLD.plusMillis(50));
        assertThat(takeOver(1).started()).isEqualTo(1);
    }

    @Test
    default void ownerThatMayHaveLostSomethingIsClosed() {
        own(1);
        enqueue("a");
        enqueue(job("b").after(SHORT));
        store().restart();
        letPass(SHORT);

        assertThat(look(QUEUE).whole()).isFalse();
        assertThat(claim(5).jobs()).isEmpty();
        assertThat(stateOf("b")).isEqualTo(JobState.SCHEDULED);

        Mirror before = look(QUEUE).mirror().orElseThrow();
        answer(mirror().set(QUEUE, Optional.of(before), before.in(look(QUEUE).run())));
        assertThat(ids(claim(5).jobs())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    default void endsRequeuesAndWhatGoesBackAreInTheOutbox() {
        own(1);
        run(job("done"), "t1");
        settle(complete("done", "t1"));
        run(job("dead"), "t2");
        settle(failForGood("dead", "t2"));
        run(job("again"), "t3");
        settle(fail("again", "t3", LONG));
        run(job("later"), "t4");
        settle(snooze("later", "t4", LONG));
        run(job("back"), "t5");
        settle(release("back", "t5"));
        enqueue("cancelled");
        cancel("cancelled");
        enqueue("waits");

        assertThat(changed(QUEUE)).containsExactly("done", "dead", "again", "later", "back", "cancelled");
        requeue("dead", "r1");
        assertThat(changed(QUEUE)).containsExactly("done", "again", "later", "back", "cancelled", "dead");
    }

    @Test
    default void leaseThatRanOutIsInTheOutbox() {
        own(1);
        enqueue(job("a").maxAttempts(2));
        claimAll("t1", SHORT, "a");
        receive("t1", SHORT, "a");
        letPass(SHORT.multipliedBy(2));
        sweep();

        assertThat(changed(QUEUE)).containsExactly("a");
    }

    @Test
    default void jobIsRescheduledByItsOwnerAlone() {
        own(1);
        haveCopies(1);
        enqueue("a");
        copy("a");
        Rescheduling later = new Rescheduling(OptionalInt.of(9), Optional.of(new StartTime.After(LONG)));

        assertThat(answer(store().jobs().reschedule(COPIES, new JobId("a"), later, "r1")))
                .isEqualTo(new Change.NotAllowed(JobState.SCHEDULED));
        answer(store().jobs().reschedule(QUEUE, new JobId("a"), later, "r1"));
        deliver(QUEUE, COPIES);

        assertThat(copied("a").spec().priority()).isEqualTo(9);
        assertThat(copied("a").status().times().runAt())
                .isEqualTo(find("a").status().times().runAt());
        assertThat(look(COPIES).copies()).isEqualTo(1);
    }

    @Test
    default void queueThatIsNotMirroredHasNoOutbox() {
        run(job("a"), "t1");
        settle(complete("a", "t1"));
        enqueue("b");
        cancel("b");

        assertThat(changed(QUEUE)).isEmpty();
    }

    @Test
    default void whatWasHeardLeavesTheOutboxUnlessItHasChangedSince() {
        own(1);
        bury("a", "b");
        List<OutboxEntry> read = outbox(QUEUE);
        requeue("a", "r1");
        answer(mirror().heard(QUEUE, read));

        assertThat(changed(QUEUE)).containsExactly("a");
    }

    @Test
    default void copyHearsOfTheEnd() {
        own(1);
        haveCopies(1);
        copy("a");
        run(job("a"), "t1");
        settle(complete("a", "t1"));

        deliver(QUEUE, COPIES);

        assertThat(copied("a").state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(copied("a").status().result()).isEqualTo(find("a").status().result());
        assertThat(look(COPIES).copies()).isZero();
        assertThat(changed(QUEUE)).isEmpty();
        assertThat(changed(COPIES)).isEmpty();
    }

    @Test
    default void endOfAJobWhoseCopyHasNotComeYetIsKept() {
        own(1);
        haveCopies(1);
        run(job("a").ofBytes(50), "t1");
        settle(complete("a", "t1"));

        deliver(QUEUE, COPIES);
        assertThat(copied("a").state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(copied("a").spec().payload().text()).hasSize(50);
        assertThat(answer(mirror().copy(atCopies(job("a")), 1, false)).there()).contains(JobState.SUCCEEDED);
        assertThat(look(COPIES).copies()).isZero();
    }

    @Test
    default void requeuedJobIsACopyAgain() {
        own(1);
        haveCopies(1);
        copy("a");
        bury("a");
        deliver(QUEUE, COPIES);
        assertThat(copied("a").state()).isEqualTo(JobState.DEAD);
        requeue("a", "r1");

        deliver(QUEUE, COPIES);

        assertThat(look(COPIES).copies()).isEqualTo(1);
        assertThat(copied("a").state()).isEqualTo(JobState.SCHEDULED);
        assertThat(claimCopies()).isEmpty();
    }

    @Test
    default void copyLearnsAttemptsAndTheNextStart() {
        own(1);
        haveCopies(1);
        copy("a");
        run(job("a"), "t1");
        settle(fail("a", "t1", LONG));

        deliver(QUEUE, COPIES);
        letPass(HOLD.plusMillis(50));
        takeOver(1);

        assertThat(claimCopies()).isEmpty();
        assertThat(copied("a").status().attempt()).isEqualTo(1);
        assertThat(copied("a").status().errors()).hasSize(1);
        assertThat(copied("a").status().times().runAt())
                .isEqualTo(find("a").status().times().runAt());
    }

    @Test
    default void jobThatOnlyTheCopiesHaveReachesTheOwner() {
        own(1);
        haveCopies(1);
        answer(mirror().copy(atCopies(job("a")), 1, true));
        answer(mirror().copy(atCopies(job("later").after(LONG)), 1, true));

        deliver(COPIES, QUEUE);

        assertThat(ids(claim(5).jobs())).containsExactly("a");
        assertThat(stateOf("later")).isEqualTo(JobState.SCHEDULED);
        assertThat(changed(COPIES)).isEmpty();
        assertThat(changed(QUEUE)).isEmpty();
    }

    @Test
    default void jobThatWasCancelledWhereItsCopyIsEndsAtTheOwner() {
        own(1);
        haveCopies(1);
        copy("a");
        run(job("a"), "t1");
        assertThat(answer(store().jobs().cancel(COPIES, new JobId("a")))).isInstanceOf(Change.Applied.class);

        deliver(COPIES, QUEUE);

        assertThat(stateOf("a")).isEqualTo(JobState.CANCELLED);
        assertThat(settle(complete("a", "t1"))).isEqualTo(new Settled.Refused());
        assertThat(look(COPIES).copies()).isZero();
    }

    @Test
    default void ofTwoEndsThatOfTheOwnerCounts() {
        own(1);
        haveCopies(1);
        copy("a");
        run(job("a"), "t1");
        settle(complete("a", "t1"));
        answer(store().jobs().cancel(COPIES, new JobId("a")));

        deliver(COPIES, QUEUE);
        assertThat(stateOf("a")).isEqualTo(JobState.SUCCEEDED);
        deliver(QUEUE, COPIES);

        assertThat(copied("a").state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(changed(COPIES)).isEmpty();
        assertThat(changed(QUEUE)).isEmpty();
    }

    @Test
    default void whoIsToldOfAnOlderVersionTellsOfItsOwn() {
        own(1);
        haveCopies(1);
        copy("a");
        List<OutboxEntry> before = noted(COPIES, "a");
        run(job("a"), "t1");
        settle(complete("a", "t1"));
        answer(mirror().heard(QUEUE, outbox(QUEUE)));

        tell(QUEUE, before);

        assertThat(stateOf("a")).isEqualTo(JobState.SUCCEEDED);
        assertThat(changed(QUEUE)).containsExactly("a");
    }

    @Test
    default void lateEndOfAJobThatNobodyHasClaimedSinceTheTakeoverCounts() {
        own(1);
        haveCopies(1);
        copy("a");
        copy("b");
        run(job("a"), "t1");
        run(job("b"), "t2");
        settle(complete("a", "t1"));
        settle(complete("b", "t2"));
        letPass(HOLD.plusMillis(50));
        takeOver(1);
        assertThat(answer(store().leases().claim(SomeClaim.of(COPIES, WORKER, "t3", 1, LONG)))
                        .jobs())
                .extracting(job -> job.id().value())
                .containsExactly("a");

        tell(COPIES, outbox(QUEUE));

        assertThat(copied("b").state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(copied("a").state()).isEqualTo(JobState.RUNNING);
        assertThat(changed(COPIES)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    default void nothingIsHeardByAStoreThatIsSomethingElseByNow() {
        own(1);
        haveCopies(2);
        copyIn(2, "a");
        run(job("a"), "t1");
        settle(complete("a", "t1"));

        Heard heard = answer(mirror().tell(COPIES, new Mirror(Mirror.Role.COPY, 1, ""), outbox(QUEUE)));

        assertThat(heard.mirror().orElseThrow().epoch()).isEqualTo(2);
        assertThat(copied("a").state()).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    default void ownerThatGivesUpHasCopiesOnly() {
        own(1);
        run(job("running"), "t1");
        run(job("ended"), "t2");
        settle(complete("ended", "t2"));
        enqueue("ready");
        enqueue(job("grouped").group("g"));
        enqueue(job("other").handledBy("mail"));
        enqueue(job("scheduled").after(LONG));

        assertThat(answer(mirror().giveUp(QUEUE, 2))).isEqualTo(new GivenUp(5, 1));
        assertThat(answer(mirror().giveUp(QUEUE, 2))).isEqualTo(new GivenUp(0, 0));

        MirrorLook look = look(QUEUE);
        assertThat(look.owns()).isFalse();
        assertThat(look.epoch()).isEqualTo(2);
        assertThat(look.whole()).isFalse();
        assertThat(look.copies()).isEqualTo(5);
        assertThat(look.live()).isZero();
        assertThat(claim(9).jobs()).isEmpty();
        assertThat(settle(complete("running", "t1"))).isEqualTo(new Settled.Refused());
        assertThat(stateOf("ended")).isEqualTo(JobState.SUCCEEDED);
        assertThat(figures().counts().get(JobState.READY)).isZero();
    }

    @Test
    default void ownerOfTheSameEpochDoesNotGiveUp() {
        own(2);
        enqueue("a");

        assertThat(answer(mirror().giveUp(QUEUE, 2))).isEqualTo(new GivenUp(0, 0));
        assertThat(look(QUEUE).owns()).isTrue();
    }

    @Test
    default void jobsThatHaveNotEndedAreRead() {
        own(1);
        haveCopies(1);
        run(job("running"), "t1");
        run(job("ended"), "t2");
        settle(complete("ended", "t2"));
        enqueue("ready");
        enqueue(job("other").handledBy("mail"));
        enqueue(job("scheduled").after(LONG));
        copy("copy");

        assertThat(live(QUEUE)).containsExactlyInAnyOrder("scheduled", "ready", "other", "running");
        assertThat(live(COPIES)).containsExactly("copy");
    }

    @Test
    default void comparingTellsWhatIsLackingAndNotesWhatIsNewer() {
        own(1);
        haveCopies(1);
        copy("same");
        copy("ended");
        bury("ended", "requeued");
        deliver(QUEUE, COPIES);
        enqueue("same", "missing");
        requeue("requeued", "r1");
        answer(mirror().heard(QUEUE, outbox(QUEUE)));
        List<JobVersion> ofOwner = versions(QUEUE, "same", "ended", "missing", "requeued");

        assertThat(answer(mirror().compare(COPIES, ofOwner)).lacking())
                .extracting(JobId::value)
                .containsExactly("missing", "requeued");
        List<JobVersion> older =
                List.of(new JobVersion(new JobId("same"), 0), new JobVersion(new JobId("requeued"), 1));
        assertThat(answer(mirror().compare(QUEUE, older)).lacking()).isEmpty();
        assertThat(changed(QUEUE)).containsExactly("requeued");
    }

    @Test
    default void jobThatEndedAndIsGoneIsNotMissing() {
        own(1);
        haveCopies(1);
        copy("a");
        run(job("a"), "t1");
        settle(complete("a", "t1"));
        deliver(QUEUE, COPIES);
        letPass(Duration.ofMillis(2));
        prune(QUEUE);
        List<OutboxEntry> gone = List.of(OutboxEntry.gone(new JobId("b")));
        copy("b");

        assertThat(answer(mirror().compare(QUEUE, List.of(new JobVersion(new JobId("a"), 0))))
                        .gone())
                .extracting(JobId::value)
                .containsExactly("a");
        tell(COPIES, gone);
        assertThat(look(COPIES).copies()).isZero();
        assertThat(answer(store().jobs().find(COPIES, new JobId("b")))).isEmpty();
    }

    @Test
    default void copyOfAJobThatEndedBeforeTheQueueWasMirroredHearsOfThatEnd() {
        run(job("a"), "t1");
        settle(complete("a", "t1"));
        own(1);
        haveCopies(1);
        copy("a");

        assertThat(answer(mirror().compare(QUEUE, versions(COPIES, "a"))).lacking())
                .isEmpty();
        assertThat(changed(QUEUE)).containsExactly("a");
        deliver(QUEUE, COPIES);
        assertThat(copied("a").state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(look(COPIES).copies()).isZero();
    }

    @Test
    default void pausesAndLimitsOfOneStoreAreThoseOfTheOther() {
        own(1);
        haveCopies(1);
        answer(store().jobs().setLimits(QUEUE, QueueLimits.NONE.withMaxWaiting(7)));
        answer(store().jobs().setPaused(QUEUE, true));
        answer(store().jobs().setPaused(QUEUE, new HandlerName("mail"), true));
        MirrorSettings set = look(QUEUE).settings();
        assertThat(set.version()).isGreaterThan(look(COPIES).settings().version());

        apply(COPIES, set);

        assertThat(look(COPIES).settings()).isEqualTo(set);
        QueueFigures there = answer(store().jobs().figures(List.of(COPIES))).get(0);
        assertThat(there.paused()).isTrue();
        assertThat(there.pausedHandlers()).containsExactly(new HandlerName("mail"));
        assertThat(there.limits()).isEqualTo(figures().limits());
        answer(store().jobs().setPaused(QUEUE, false));
        answer(store().jobs().setPaused(QUEUE, new HandlerName("mail"), false));
        apply(COPIES, look(QUEUE).settings());
        assertThat(answer(store().jobs().figures(List.of(COPIES))).get(0).paused())
                .isFalse();
    }

    @Test
    default void ownerThatIsResumedStartsItsJobs() {
        own(1);
        haveCopies(1);
        MirrorSettings running = look(COPIES).settings();
        enqueue("a");
        answer(store().jobs().setPaused(QUEUE, true));
        assertThat(claim(1).jobs()).isEmpty();

        apply(QUEUE, running);

        assertThat(ids(claim(1).jobs())).containsExactly("a");
    }

    @Test
    default void pausesOfAStoreThatHasChangedMeanwhileStay() {
        own(1);
        haveCopies(1);
        MirrorSettings before = look(COPIES).settings();
        answer(store().jobs().setPaused(QUEUE, true));
        MirrorSettings paused = look(QUEUE).settings();

        Mirror later = new Mirror(Mirror.Role.COPY, 2, Mirror.UNKNOWN);
        answer(mirror().apply(COPIES, later, before, paused));
        assertThat(look(COPIES).settings()).isEqualTo(before);
        answer(mirror().apply(COPIES, look(COPIES).mirror().orElseThrow(), paused, before));
        assertThat(look(COPIES).settings()).isEqualTo(before);
        answer(mirror().apply(QUEUE, look(QUEUE).mirror().orElseThrow(), before, before));
        assertThat(look(QUEUE).settings()).isEqualTo(paused);
    }

    @Test
    default void whatIsSetAfterATakeoverIsNewerThanAllBefore() {
        own(1);
        haveCopies(1);
        for (int i = 0; i < 3; i++) {
            answer(store().jobs().setPaused(QUEUE, true));
        }
        letPass(HOLD.plusMillis(50));
        takeOver(1);
        answer(store().jobs().setPaused(COPIES, false));

        assertThat(look(COPIES).settings().version())
                .isGreaterThan(look(QUEUE).settings().version());
    }

    @TimedTest
    default void whoAsksAtTheSameTimeIsGivenOtherChanges() {
        own(1);
        bury("a", "b");
        assertThat(next().entries()).extracting(entry -> entry.id().value()).containsExactly("a", "b");
        assertThat(next().entries()).isEmpty();
        assertThat(next().leftToOthers()).isTrue();
        bury("c");
        assertThat(next().entries()).extracting(entry -> entry.id().value()).containsExactly("c");

        assertThat(changed(QUEUE)).containsExactly("a", "b", "c");
        answer(mirror().heard(QUEUE, outbox(QUEUE)));
        assertThat(next().leftToOthers()).isFalse();
    }

    @TimedTest
    default void changesOfWhichNobodyToldAreGivenAgainWhateverComesInMeanwhile() {
        own(1);
        bury("a");
        next();
        letPass(MirrorStore.LEFT_FOR.dividedBy(2));
        bury("b");
        assertThat(next().entries()).extracting(entry -> entry.id().value()).containsExactly("b");
        letPass(MirrorStore.LEFT_FOR.dividedBy(2));
        bury("c");

        assertThat(next().entries()).extracting(entry -> entry.id().value()).containsExactly("a", "b", "c");
    }

    @Test
    default void jobThatIsAddedWhereOnlyCopiesBelongIsACopyThatTheOwnerHearsOf() {
        own(1);
        haveCopies(1);
        answer(store().jobs().enqueue(atCopies(job("a"))));

        answer(mirror().giveUp(COPIES, 1));

        assertThat(look(COPIES).copies()).isEqualTo(1);
        assertThat(changed(COPIES)).containsExactly("a");
        deliver(COPIES, QUEUE);
        assertThat(ids(claim(1).jobs())).containsExactly("a");
    }

    @Test
    default void jobThatIsAddedAfterAllOthersHaveBecomeCopiesIsToldOfAlone() {
        own(1);
        enqueue("a");
        answer(mirror().giveUp(QUEUE, 2));
        assertThat(changed(QUEUE)).isEmpty();
        enqueue("b");

        answer(mirror().giveUp(QUEUE, 2));

        assertThat(look(QUEUE).copies()).isEqualTo(2);
        assertThat(changed(QUEUE)).containsExactly("b");
    }

    private OutboxPage next() {
        return answer(mirror().nextChanges(QUEUE));
    }

    private void apply(QueueName queue, MirrorSettings wanted) {
        MirrorLook seen = look(queue);
        answer(mirror().apply(queue, seen.mirror().orElseThrow(), seen.settings(), wanted));
    }

    private MirrorStore mirror() {
        return store().mirror();
    }

    private MirrorLook look(QueueName queue) {
        return answer(mirror().look(queue));
    }

    private Mirror owner(long epoch) {
        return new Mirror(Mirror.Role.OWN, epoch, look(QUEUE).run());
    }

    private void own(long epoch) {
        Mirror owner = owner(epoch);
        assertThat(answer(mirror().set(QUEUE, Optional.empty(), owner))).contains(owner);
    }

    private void haveCopies(long epoch) {
        Mirror copies = new Mirror(Mirror.Role.COPY, epoch, look(COPIES).run());
        assertThat(answer(mirror().set(COPIES, Optional.empty(), copies))).contains(copies);
    }

    private static NewJob atCopies(JobDraft draft) {
        NewJob job = draft.build();
        return new NewJob(COPIES, job.id(), job.spec(), job.start());
    }

    private void copy(String id) {
        copyIn(1, id);
    }

    private void copyIn(long epoch, String id) {
        assertThat(answer(mirror().copy(atCopies(job(id)), epoch, false)).keptIn(epoch))
                .isTrue();
    }

    private Takeover takeOver(long epoch) {
        return answer(mirror().takeOver(COPIES, epoch, HOLD));
    }

    private List<Job> claimCopies() {
        return answer(store().leases().claim(SomeClaim.of(COPIES, WORKER, "of copies", 10, LONG)))
                .jobs();
    }

    private Job copied(String id) {
        return answer(store().jobs().find(COPIES, new JobId(id))).orElseThrow();
    }

    private List<OutboxEntry> outbox(QueueName queue) {
        return answer(mirror().outbox(queue)).entries();
    }

    private List<OutboxEntry> noted(QueueName queue, String id) {
        answer(mirror().note(queue, List.of(new JobId(id))));
        List<OutboxEntry> entries = outbox(queue);
        answer(mirror().heard(queue, entries));
        return entries;
    }

    private List<String> changed(QueueName queue) {
        return outbox(queue).stream().map(entry -> entry.id().value()).toList();
    }

    private void tell(QueueName queue, List<OutboxEntry> entries) {
        assertThat(answer(mirror().tell(queue, look(queue).mirror().orElseThrow(), entries))
                        .incomplete())
                .isEmpty();
    }

    private void deliver(QueueName from, QueueName to) {
        Delivery delivery = new Delivery(
                new MirrorSide(mirror(), store().jobs(), from),
                new MirrorSide(mirror(), store().jobs(), to),
                look(to).mirror().orElseThrow(),
                () -> true);
        assertThat(answer(delivery.upTo(look(from).latestChange()))).isTrue();
    }

    private List<String> live(QueueName queue) {
        List<String> ids = new ArrayList<>();
        Optional<Cursor> next = Optional.of(LivePage.START);
        while (next.isPresent()) {
            LivePage page = answer(mirror().live(queue, next.get()));
            page.jobs().forEach(job -> ids.add(job.id().value()));
            next = page.next();
        }
        return ids;
    }

    private List<JobVersion> versions(QueueName queue, String... ids) {
        List<JobVersion> live = new ArrayList<>();
        Optional<Cursor> next = Optional.of(LivePage.START);
        while (next.isPresent()) {
            LivePage page = answer(mirror().live(queue, next.get()));
            live.addAll(page.jobs());
            next = page.next();
        }
        return Arrays.stream(ids)
                .flatMap(id -> live.stream().filter(job -> job.id().value().equals(id)))
                .toList();
    }

    private static List<String> ids(List<Job> jobs) {
        return jobs.stream().map(job -> job.id().value()).toList();
    }

    private void prune(QueueName queue) {
        var everything = new Retention(JobState.SUCCEEDED, Duration.ZERO, 0, 100);
        answer(store().leases().prune(queue, everything));
    }
}
