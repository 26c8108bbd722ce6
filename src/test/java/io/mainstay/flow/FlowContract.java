package io.mainstay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.JobDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a flow decides from what it is told. */
public interface FlowContract extends ContractSteps {

    FlowId FLOW = new FlowId("f-1");
    FlowStore.Limits FLOW_LIMITS = new FlowStore.Limits(LONG, LONG, LONG, 20);

    @Test
    default void newFlowWantsRootsToRunAndOthersToWait() {
        FlowStore.Made made = make(node("a"), node("b", 0), node("c", 0, 1));

        assertThat(made.created()).isTrue();
        assertThat(wishes(made.steps())).containsExactly("0 RUN", "1 WAIT", "2 WAIT");
        FlowStatus flow = flow();
        assertThat(flow.nodes()).extracting(FlowStatus.Node::name).containsExactly("a", "b", "c");
        assertThat(flow.nodes().get(2).after()).containsExactly(0, 1);
        assertThat(flow.endedAt()).isEmpty();
        assertThat(phases()).containsExactly("ACTIVE", "BLOCKED", "BLOCKED");
    }

    @Test
    default void stepsBringAllThatTheJobNeeds() {
        FlowNode asked = node("a");
        FlowStep step = make(asked).steps().get(0);

        assertThat(step.queue()).isEqualTo(QUEUE);
        assertThat(step.spec()).isEqualTo(asked.spec());
        assertThat(step.start()).isEqualTo(asked.start());
        assertThat(step.member().job()).isEqualTo(new JobId("flow-f-1-0"));
        // As they are read back, too.
        assertThat(make(asked).steps()).containsExactly(step);
    }

    @Test
    default void secondCreationChangesNothingAndAnswersWhatIsOwed() {
        make(node("a"), node("b", 0));
        tell(0, JobState.READY, 0);
        FlowStore.Made again = make(node("x"));

        assertThat(again.created()).isFalse();
        assertThat(wishes(again.steps())).containsExactly("1 WAIT");
        assertThat(flow().nodes()).hasSize(2);
    }

    @Test
    default void childRunsWhenTheLastParentSucceeded() {
        make(node("a"), node("b"), node("c", 0, 1));

        assertThat(tell(0, JobState.SUCCEEDED, 1)).containsExactly("2 WAIT");
        assertThat(tell(2, JobState.BLOCKED, 0)).isEmpty();
        assertThat(tell(1, JobState.SUCCEEDED, 1)).containsExactly("2 RUN");
        assertThat(phases()).containsExactly("SUCCEEDED", "SUCCEEDED", "ACTIVE");
    }

    @Test
    default void sameNewsTwiceCountsOnce() {
        make(node("a"), node("b"), node("c", 0, 1));
        tell(2, JobState.BLOCKED, 0);
        tell(0, JobState.SUCCEEDED, 1);

        assertThat(tell(0, JobState.SUCCEEDED, 1)).isEmpty();
        assertThat(phases().get(2)).isEqualTo("BLOCKED");
    }

    @Test
    default void stepIsAnsweredUntilItIsReportedOn() {
        make(node("a"), node("b", 0));

        assertThat(tell(0, JobState.SUCCEEDED, 1)).containsExactly("1 RUN");
        assertThat(tell(0, JobState.SUCCEEDED, 1)).containsExactly("1 RUN");
        assertThat(tell(1, JobState.BLOCKED, 0)).containsExactly("1 RUN");
        assertThat(tell(1, JobState.READY, 0)).isEmpty();
        assertThat(tell(0, JobState.SUCCEEDED, 1)).isEmpty();
    }

    @Test
    default void deadParentMeansWhatTheChildSays() {
        make(
                node("a"),
                node("cancel", OnParentDead.CANCEL, 0),
                node("run", OnParentDead.RUN, 0),
                node("wait", OnParentDead.WAIT, 0));

        assertThat(tell(0, JobState.DEAD, 1)).containsExactly("1 CANCEL", "2 RUN", "3 WAIT");
        assertThat(tell(3, JobState.BLOCKED, 0)).isEmpty();
        assertThat(phases()).containsExactly("DEAD", "BLOCKED", "ACTIVE", "BLOCKED");
    }

    @Test
    default void cancelledParentIsLikeADeadOne() {
        make(node("a"), node("cancel", OnParentDead.CANCEL, 0), node("run", OnParentDead.RUN, 0));

        assertThat(tell(0, JobState.CANCELLED, 1)).containsExactly("1 CANCEL", "2 RUN");
    }

    @Test
    default void cancellationGoesOnDownTheGraph() {
        make(node("a"), node("b", 0), node("c", 1), node("last", OnParentDead.RUN, 0, 1, 2));
        tell(0, JobState.DEAD, 1);

        assertThat(tell(1, JobState.CANCELLED, 0)).containsExactly("2 CANCEL", "3 WAIT");
        assertThat(tell(2, JobState.CANCELLED, 0)).containsExactly("3 RUN");
    }

    @Test
    default void requeuedParentOpensTheFlowAgainAndItsSuccessLetsWaitingChildrenRun() {
        make(node("a"), node("wait", OnParentDead.WAIT, 0));
        tell(1, JobState.BLOCKED, 0);
        tell(0, JobState.DEAD, 1);

        assertThat(tell(0, JobState.READY, 2)).isEmpty();
        assertThat(phases()).containsExactly("ACTIVE", "BLOCKED");
        assertThat(tell(0, JobState.SUCCEEDED, 3)).containsExactly("1 RUN");
    }

    @Test
    default void parentThatDiesTwiceCountsOnceForThoseThatRunAnyway() {
        make(node("a"), node("b"), node("last", OnParentDead.RUN, 0, 1));
        tell(2, JobState.BLOCKED, 0);
        tell(0, JobState.DEAD, 1);
        tell(0, JobState.DEAD, 3);

        assertThat(tell(0, JobState.SUCCEEDED, 5)).isEmpty();
        assertThat(phases().get(2)).isEqualTo("BLOCKED");
        assertThat(tell(1, JobState.SUCCEEDED, 1)).containsExactly("2 RUN");
    }

    @Test
    default void oldNewsIsNoNews() {
        make(node("a"), node("b", 0));
        tell(1, JobState.BLOCKED, 0);
        tell(0, JobState.DEAD, 3);
        tell(1, JobState.CANCELLED, 1);

        tell(0, JobState.READY, 2);
        tell(0, JobState.SUCCEEDED, 1);
        assertThat(phases()).containsExactly("DEAD", "CANCELLED");
    }

    @Test
    default void successIsFinal() {
        make(node("a"));
        tell(0, JobState.SUCCEEDED, 1);

        tell(0, JobState.DEAD, 7);
        tell(0, JobState.READY, 8);
        assertThat(phases()).containsExactly("SUCCEEDED");
    }

    @Test
    default void whatWasDecidedStaysDecided() {
        make(node("a"), node("b"), node("c", 0, 1));
        tell(0, JobState.DEAD, 1);

        assertThat(tell(1, JobState.SUCCEEDED, 1)).containsExactly("2 CANCEL");
    }

    @Test
    default void childThatWasCancelledByHandIsNotDecidedAbout() {
        make(node("a"), node("b", 0));
        tell(1, JobState.CANCELLED, 1);

        assertThat(tell(0, JobState.SUCCEEDED, 1)).isEmpty();
        assertThat(tell(1, JobState.READY, 2)).isEmpty();
        assertThat(phases()).containsExactly("SUCCEEDED", "ACTIVE");
    }

    @TimedTest
    default void flowEndsWithItsLastJobAndIsForgottenLater() {
        FlowStore.Limits soon = new FlowStore.Limits(LONG, LONG, AMPLE, 20);
        make(node("a"), node("b"));
        report(soon, news(0, JobState.SUCCEEDED, 1));
        assertThat(flow().endedAt()).isEmpty();

        report(soon, news(1, JobState.DEAD, 1));
        assertThat(flow().endedAt()).isPresent();
        report(soon, news(1, JobState.READY, 2));
        assertThat(flow().endedAt()).isEmpty();
        letPass(AMPLE.plusMillis(1));
        assertThat(flow().endedAt()).isEmpty();
        report(soon, news(1, JobState.SUCCEEDED, 3));
        letPass(AMPLE.plusMillis(1));
        assertThat(answer(store().flows().find(FLOW))).isEmpty();
    }

    @Test
    default void flowsAreListedTheLatestFirst() {
        List<String> ids = List.of("one", "two", "three", "four", "five");
        for (String id : ids) {
            answer(store().flows().create(new FlowPlan(new FlowId(id), List.of(node("a"), node("b", 0))), FLOW_LIMITS));
            letPass(Duration.ofMillis(2));
        }
        end("two", JobState.SUCCEEDED, JobState.SUCCEEDED);
        end("four", JobState.SUCCEEDED, JobState.DEAD);

        assertThat(listed(Optional.empty(), 2)).containsExactly("five", "four", "three", "two", "one");
        assertThat(listed(Optional.of(FlowState.RUNNING), 1)).containsExactly("five", "three", "one");
        assertThat(listed(Optional.of(FlowState.SUCCEEDED), 5)).containsExactly("two");
        assertThat(listed(Optional.of(FlowState.FAILED), 5)).containsExactly("four");
        FlowSummary failed = answer(
                        store().flows().list(new FlowQuery(Optional.of(FlowState.FAILED), Optional.empty(), 1)))
                .flows()
                .get(0);
        assertThat(failed.jobs()).isEqualTo(2);
        assertThat(failed.open()).isZero();
        assertThat(failed.failed()).isEqualTo(1);
        assertThat(failed.queues()).containsExactly(new QueueName("orders"));
    }

    @Test
    default void flowsBeforeATimeAreListed() {
        for (String id : List.of("old", "middle", "new")) {
            answer(store().flows().create(new FlowPlan(new FlowId(id), List.of(node("a"))), FLOW_LIMITS));
            letPass(Duration.ofMillis(2));
        }
        long middle = answer(store().flows().list(new FlowQuery(Optional.empty(), Optional.empty(), 3)))
                .flows()
                .get(1)
                .createdAt()
                .toEpochMilli();

        assertThat(listedFrom(FlowCursor.before(middle))).containsExactly("old");
        assertThat(listedFrom(FlowCursor.before(middle + 1))).containsExactly("middle", "old");
    }

    private List<String> listedFrom(FlowCursor cursor) {
        return answer(store().flows().list(new FlowQuery(Optional.empty(), Optional.of(cursor), 5))).flows().stream()
                .map(flow -> flow.id().value())
                .toList();
    }

    @Test
    default void failedJobsAreCountedAsTheyAreNow() {
        make(node("a"), node("b"));
        tell(0, JobState.DEAD, 1);
        tell(0, JobState.DEAD, 1);
        assertThat(summary().failed()).isEqualTo(1);
        tell(0, JobState.READY, 2);
        assertThat(summary().failed()).isZero();
        tell(0, JobState.CANCELLED, 3);
        tell(0, JobState.SUCCEEDED, 4);
        tell(1, JobState.SUCCEEDED, 1);

        assertThat(summary().failed()).isZero();
        assertThat(summary().state()).isEqualTo(FlowState.SUCCEEDED);
    }

    private FlowSummary summary() {
        return answer(store().flows().list(new FlowQuery(Optional.empty(), Optional.empty(), 1)))
                .flows()
                .get(0);
    }

    private List<String> listed(Optional<FlowState> state, int limit) {
        List<String> ids = new ArrayList<>();
        FlowPage page = answer(store().flows().list(new FlowQuery(state, Optional.empty(), limit)));
        page.flows().forEach(flow -> ids.add(flow.id().value()));
        while (page.end().isPresent()) {
            page = answer(store().flows().list(new FlowQuery(state, page.end(), limit)));
            page.flows().forEach(flow -> ids.add(flow.id().value()));
        }
        return ids;
    }

    private void end(String id, JobState first, JobState second) {
        FlowId flow = new FlowId(id);
        answer(store().flows()
                .report(
                        flow,
                        List.of(
                                new FlowReport(new FlowMember(flow, 0), first, 1, Optional.empty()),
                                new FlowReport(new FlowMember(flow, 1), second, 1, Optional.empty())),
                        FLOW_LIMITS));
    }

    @Test
    default void resultsAreKeptForChildrenUpToTheirLimit() {
        make(node("a"), node("b"), node("large"), node("child", 0, 1, 2));
        report(
                FLOW_LIMITS,
                new FlowReport(member(0), JobState.SUCCEEDED, 1, Optional.of(new Json("{\"n\":1}"))),
                new FlowReport(member(1), JobState.SUCCEEDED, 1, Optional.empty()),
                new FlowReport(member(2), JobState.SUCCEEDED, 1, Optional.of(new Json("\"" + "x".repeat(20) + "\""))));

        List<FlowStatus.Node> parents =
                answer(store().flows().parents(member(3))).orElseThrow();
        assertThat(parents).extracting(FlowStatus.Node::name).containsExactly("a", "b", "large");
        assertThat(parents)
                .extracting(FlowStatus.Node::result)
                .containsExactly(Optional.of(new Json("{\"n\":1}")), Optional.empty(), Optional.empty());
        assertThat(parents).extracting(FlowStatus.Node::resultLeftOut).containsExactly(false, false, true);
        assertThat(answer(store().flows().parents(member(0)))).hasValue(List.of());
        assertThat(answer(store().flows().parents(member(4)))).isEmpty();
    }

    @Test
    default void unknownFlowIsToldNothing() {
        assertThat(answer(store().flows().report(FLOW, List.of(news(0, JobState.DEAD, 1)), FLOW_LIMITS)))
                .isEmpty();
        assertThat(answer(store().flows().find(FLOW))).isEmpty();
        assertThat(answer(store().flows().parents(member(0)))).isEmpty();
        make(node("a"));
        assertThat(tell(7, JobState.DEAD, 1)).isEmpty();
    }

    @Test
    default void stepThatNobodyReportsOnIsDueAgain() {
        FlowStore.Limits soon = new FlowStore.Limits(SHORT, LONG, LONG, 20);
        answer(store().flows().create(new FlowPlan(FLOW, List.of(node("a"), node("b", 0))), soon));
        letPass(SHORT.plusMillis(1));

        // What is taken is not due again for long, and what was reported on is not owed.
        assertThat(due(LONG)).containsExactly("0 RUN", "1 WAIT");
        assertThat(due(LONG)).isEmpty();
        report(soon, news(1, JobState.BLOCKED, 0));
        report(soon, news(0, JobState.SUCCEEDED, 1));
        letPass(SHORT.plusMillis(1));
        assertThat(due(LONG)).containsExactly("1 RUN");
    }

    @Test
    default void nothingIsDueBeforeItsTime() {
        make(node("a"), node("b", 0));

        assertThat(due(LONG)).isEmpty();
    }

    @Test
    default void jobThatHasNotEndedIsLookedAtAgain() {
        FlowStore.Limits soon = new FlowStore.Limits(LONG, SHORT, LONG, 20);
        make(node("a"), node("b", 0));
        report(soon, news(0, JobState.READY, 0), news(1, JobState.BLOCKED, 0));
        letPass(SHORT.plusMillis(1));

        assertThat(due(LONG)).containsExactly("0 RUN", "1 WAIT");
    }

    private FlowStore.Made make(FlowNode... nodes) {
        return answer(store().flows().create(new FlowPlan(FLOW, List.of(nodes)), FLOW_LIMITS));
    }

    private List<String> tell(int index, JobState state, int turn) {
        return report(FLOW_LIMITS, news(index, state, turn));
    }

    private List<String> report(FlowStore.Limits limits, FlowReport... reports) {
        return wishes(
                answer(store().flows().report(FLOW, List.of(reports), limits)).orElseThrow());
    }

    private List<String> due(Duration patience) {
        return Stream.iterate(0, part -> part < store().flows().parts(), part -> part + 1)
                .flatMap(part -> answer(store().flows().due(part, 10, patience, LONG)).stream())
                .map(FlowContract::wish)
                .toList();
    }

    private FlowStatus flow() {
        return answer(store().flows().find(FLOW)).orElseThrow();
    }

    private List<String> phases() {
        return flow().nodes().stream().map(node -> node.phase().name()).toList();
    }

    private static FlowReport news(int index, JobState state, int turn) {
        return new FlowReport(member(index), state, turn, Optional.empty());
    }

    private static FlowMember member(int index) {
        return new FlowMember(FLOW, index);
    }

    private static List<String> wishes(List<FlowStep> steps) {
        return steps.stream().map(FlowContract::wish).toList();
    }

    private static String wish(FlowStep step) {
        return step.member().index() + " " + step.wish();
    }

    private static FlowNode node(String name, Integer... after) {
        return node(name, OnParentDead.CANCEL, after);
    }

    private static FlowNode node(String name, OnParentDead policy, Integer... after) {
        var job = JobDraft.job(QUEUE, "any").build();
        return new FlowNode(name, new QueueName("orders"), job.spec(), job.start(), List.of(after), policy);
    }
}
