package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.flow.FlowNode;
import io.mainstay.flow.FlowPlan;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.FlowStore;
import io.mainstay.flow.OnParentDead;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.StartTime;
import io.mainstay.scaling.QueueLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The store's clock steps, as when a replica whose clock is off is promoted. Steps forward of less than 15 s are how time passes
 * here.
 */
interface ClockContract extends ContractSteps {

    Duration STEP = Duration.ofMinutes(10);
    /** Of leases and delays. */
    Duration TERM = Duration.ofSeconds(10);

    @Test
    default void afterAStepBackALeaseEndsWhenItWouldHave() {
        lease("a");
        stepBack();

        assertThat(sweep().nextDue().orElseThrow()).isLessThanOrEqualTo(TERM);
        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
        pass(TERM);
        sweep();
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void stepForwardEndsNoLease() {
        lease("a");
        store().step(STEP);

        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
        assertThat(extend("a", TERM)).isEmpty();
        assertThat(settle(complete("a", "t-a"))).isEqualTo(new Settled.Applied(JobState.SUCCEEDED));
    }

    @Test
    default void orphanIsRescuedOnceItsTermIsOverAfterAStepForward() {
        lease("a");
        store().step(STEP);
        sweep();

        pass(TERM);
        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.READY);
        assertThat(find("a").status().errors()).hasSize(1);
    }

    @Test
    default void extensionIsTheFirstToSeeAStep() {
        for (Duration step : List.of(STEP.negated(), STEP)) {
            String id = "extended" + step.isNegative();
            lease(id);
            store().step(step);

            assertThat(extend(id, TERM)).isEmpty();
            sweep();
            assertThat(stateOf(id)).isEqualTo(JobState.RUNNING);
            pass(TERM);
            sweep();
            assertThat(stateOf(id)).isEqualTo(JobState.READY);
            settleAll();
        }
    }

    @Test
    default void stepsBothWaysCostNoAttempt() {
        lease("a");
        for (int i = 0; i < 5; i++) {
            store().step(i % 2 == 0 ? STEP : STEP.negated());
            sweep();
            assertThat(extend("a", TERM)).isEmpty();
            pass(Duration.ofSeconds(3));
            sweep();
        }
        assertThat(find("a").status().attempt()).isEqualTo(1);
        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void orphansOfAQueueThatIsRarelySweptAreRescuedByTheSecondSweep() {
        lease("a");
        store().step(Duration.ofMinutes(1));
        sweep();
        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);

        store().step(Duration.ofMinutes(1));
        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    /** Whatever the clock of an instance says. */
    @Test
    default void whatAClaimantGotIsKnownForAsLongAsItsLeases() {
        store().step(STEP);
        lease("a");
        assertThat(latestToken()).contains("t-a");
        store().step(STEP);
        assertThat(latestToken()).contains("t-a");

        pass(TERM);

        assertThat(latestToken()).isEmpty();
    }

    @Test
    default void leaseIsShownAsTheClockSaysNow() {
        lease("a");
        stepBack();
        sweep();

        Explanation why = answer(store().jobs().explain(QUEUE, new JobId("a"))).orElseThrow();
        assertThat(Duration.between(why.at(), why.lease().orElseThrow().until()))
                .isBetween(Duration.ZERO, TERM);
    }

    @Test
    default void delaysWaitNoLongerThanAskedFor() {
        enqueue(job("delayed").after(TERM));
        run(job("retried"), "t-retried");
        run(job("snoozed"), "t-snoozed");
        settle(fail("retried", "t-retried", TERM));
        settle(snooze("snoozed", "t-snoozed", TERM));
        answer(store().flowJobs().place(QUEUE, List.of(step(new StartTime.After(TERM)))));
        stepBack();
        sweep();

        pass(TERM);
        sweepAll();

        assertThat(list(JobState.SCHEDULED)).isEmpty();
        assertThat(list(JobState.READY)).hasSize(4);
    }

    /** Nobody claims from a queue of which all jobs wait for long: enqueues are the only looks at the clock. */
    @Test
    default void enqueueThatPutsAJobOffIsALookAtTheClock() {
        enqueue(job("first").after(STEP.multipliedBy(6)));
        store().step(STEP.multipliedBy(3));
        enqueue(job("soon").after(TERM));
        store().step(STEP.negated());
        sweep();
        sweep();
        pass(TERM);
        sweep();

        assertThat(stateOf("soon")).isEqualTo(JobState.READY);
        assertThat(stateOf("first")).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    default void timeThatWasGivenFollowsTheClock() {
        enqueue(job("fixed").starting(new StartTime.At(store().now().plus(TERM))));
        stepBack();
        sweep();
        pass(TERM);
        sweep();
        assertThat(stateOf("fixed")).isEqualTo(JobState.SCHEDULED);

        store().step(STEP);
        sweep();

        assertThat(stateOf("fixed")).isEqualTo(JobState.READY);
    }

    @Test
    default void delaysAreBoundedHoweverManyThereAre() {
        int many = 450;
        IntStream.range(0, many)
                .forEach(i -> enqueue(job("fixed-" + i)
                        .starting(new StartTime.At(store().now().plus(TERM.multipliedBy(2))))));
        enqueue(job("last").after(TERM.multipliedBy(3)));
        stepBack();
        for (int i = 0; i < 3; i++) {
            sweep();
        }
        pass(TERM);
        pass(TERM);
        pass(TERM);

        sweep();

        assertThat(list(JobState.READY)).containsExactly("last");
    }

    @Test
    default void rateIsBackWithinItsPeriod() {
        Rate rate = new Rate(2, TERM);
        limit(LimitsDraft.NONE.rate(rate));
        enqueue("a", "b", "c", "d");
        assertThat(claim(4).jobs()).hasSize(2);
        stepBack();
        sweep();

        pass(TERM);

        assertThat(claim(4).jobs()).hasSize(2);
    }

    @Test
    default void rateOfAGroupIsBackWithinItsPeriod() {
        limit(LimitsDraft.NONE.groupRate(new Rate(2, TERM)));
        for (String id : List.of("a", "b", "c", "d")) {
            enqueue(job(id).group("g"));
        }
        assertThat(claim(4).jobs()).hasSize(2);
        assertThat(claim(4).jobs()).isEmpty();
        stepBack();
        sweep();

        pass(TERM);

        assertThat(claim(4).jobs()).hasSize(2);
    }

    @Test
    default void jobThatWaitsBehindOthersAgesAsEver() {
        IntStream.range(0, 30).forEach(i -> enqueue(job("high-" + i).priority(9)));
        enqueue(job("low").priority(0));
        stepBack();
        sweep();

        assertThat(claim(16).jobs()).extracting(ContractSteps::id).contains("low");
    }

    @Test
    default void jobsThatEndedBeforeAStepBackAreTheOldestOnes() {
        bury("old-1", "old-2");
        stepBack();
        bury("new");

        assertThat(answer(store().leases().prune(QUEUE, new Retention(JobState.DEAD, LONG, 1, 10))))
                .isEqualTo(2);
        assertThat(list(JobState.DEAD)).containsExactly("new");
    }

    @Test
    default void endsBeforeTheStepAreNotOfTheLatestMinute() {
        for (int i = 0; i < 5; i++) {
            run(job("j" + i), "t" + i);
            settle(complete("j" + i, "t" + i));
        }
        stepBack();
        enqueue("waits");

        QueueLoad load = answer(store().loads().loads(List.of(QUEUE), SomeClaim.HANDLERS))
                .get(0);
        assertThat(load.endedPerSecond()).isZero();
        assertThat(load.sample().ends()).isZero();
    }

    @Test
    default void flowsAreToldAndLookedAtWithoutTheStep() {
        answer(store().flowJobs().place(QUEUE, List.of(step(StartTime.NOW))));
        cancel("flow-f-0");
        assertThat(answer(store().flowJobs().handovers(QUEUE, TERM, 10))).isEmpty();
        stepBack();

        assertThat(answer(store().flowJobs().handovers(QUEUE, TERM, 10))).hasSize(1);
    }

    @Test
    default void stepsOfFlowsAreDueWithoutTheStep() {
        FlowNode node =
                new FlowNode("n", QUEUE, job("x").build().spec(), StartTime.NOW, List.of(), OnParentDead.CANCEL);
        FlowStore.Limits limits = new FlowStore.Limits(TERM, TERM, LONG, 100);
        answer(store().flows().create(new FlowPlan(new FlowId("f"), List.of(node)), limits));
        assertThat(dueSteps()).isZero();

        stepBack();

        assertThat(dueSteps()).isEqualTo(1);
        assertThat(dueSteps()).isZero();
    }

    @Test
    default void whoServedBeforeTheStepIsForgottenInTime() {
        HandlerName mail = new HandlerName("mail");
        answer(store().announcements().announce(new Serving(Set.of(QUEUE), Set.of(mail)), TERM));
        stepBack();
        answer(store().announcements().announce(new Serving(Set.of(QUEUE), Set.of(new HandlerName("other"))), TERM));

        pass(TERM);

        assertThat(answer(store().announcements().availability(QUEUE, mail))).isEqualTo(Availability.NO_QUEUE);
    }

    private void lease(String id) {
        enqueue(id);
        claimAll("t-" + id, TERM, id);
    }

    private Optional<String> latestToken() {
        return answer(store().leases().latestToken(QUEUE, WORKER));
    }

    private void settleAll() {
        claim(10, "rest", LONG).jobs().forEach(job -> settle(complete(job.id().value(), "rest")));
    }

    private List<LostLease> extend(String id, Duration duration) {
        return answer(store().leases().extend(QUEUE, List.of(lease(id, "t-" + id)), duration));
    }

    private int dueSteps() {
        return IntStream.range(0, store().flows().parts())
                .map(part -> answer(store().flows().due(part, 10, TERM, TERM)).size())
                .sum();
    }

    private FlowStep step(StartTime start) {
        FlowMember member = new FlowMember(new FlowId("f"), 0);
        return new FlowStep(
                member, QUEUE, FlowStep.Wish.RUN, start, job("x").build().spec());
    }

    private void limit(LimitsDraft limits) {
        answer(store().jobs().setLimits(QUEUE, limits.build()));
    }

    private void stepBack() {
        store().step(STEP.negated());
    }

    /** In which somebody looks at the queue. */
    private void pass(Duration time) {
        store().step(time.plusMillis(1));
    }

    /** Each does a bounded number. */
    private void sweepAll() {
        sweep();
        sweep();
    }
}
