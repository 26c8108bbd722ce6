package io.mainstay.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.flow.FlowNode;
import io.mainstay.flow.FlowPlan;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStore;
import io.mainstay.flow.OnParentDead;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.security.QueuePatterns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever ends a job as dead, or a flow, leaves a notice of it while hooks want to be told. */
public interface NoticeContract extends ContractSteps {

    /** The clock of a store that tests share may have been set by any of them. */
    Duration FAR = Duration.ofDays(400);

    FlowStore.Limits FLOW_LIMITS = new FlowStore.Limits(LONG, LONG, LONG, 1000);

    @Test
    default void whileNobodyWantsNoticesThereAreNone() {
        bury("a");
        want(1, List.of("other", "order"), List.of("*"));
        bury("b");

        assertThat(notices()).isEmpty();
    }

    @Test
    default void jobThatFailsForGoodLeavesANotice() {
        want(1, List.of("other", "ord*"), List.of());
        run(job("a"), "t");
        settle(failForGood("a", "t"));

        Notice notice = notices().get(0);
        assertThat(notice.event()).isEqualTo(HookEvent.DEAD);
        assertThat(notice.time()).isEqualTo(find("a").status().times().finishedAt());
        assertThat(notice.queues()).containsExactly(QUEUE);
        assertThat(notice.facts())
                .containsEntry("queue", "orders")
                .containsEntry("job", "a")
                .containsEntry("handler", job("a").build().spec().handler().value())
                .containsEntry("attempts", 1)
                .containsEntry("errorType", "boom")
                .hasSize(5);
    }

    @Test
    default void jobsThatDieWithinClaimsLeaveNotices() {
        want(1, List.of("*"), List.of());
        enqueue(job("late").within(SHORT));
        enqueue(job("lost").maxAttempts(1));
        claim(SomeClaim.of(QUEUE, WORKER, "t", 0, LONG));
        letPass(SHORT);
        claimAll("t2", SHORT, "lost");
        receive("t2", SHORT, "lost");
        letPass(SHORT);
        sweep();
        assertThat(stateOf("lost")).isEqualTo(JobState.DEAD);

        assertThat(notices().stream()
                        .map(each ->
                                each.facts().get("job") + " " + each.facts().get("errorType")))
                .containsExactlyInAnyOrder("late deadline", "lost lease-expired");
    }

    @Test
    default void jobThatIsPutOffTooOftenLeavesANotice() {
        want(1, List.of("*"), List.of());
        run(job("a"), "t");
        settle(new Settlement.Snooze(lease("a", "t"), SHORT, 0));

        assertThat(notices().get(0).facts()).containsEntry("errorType", "snoozed-too-often");
    }

    @Test
    default void whatIsNoDeathLeavesNone() {
        want(1, List.of("*"), List.of("*"));
        run(job("done"), "t");
        settle(complete("done", "t"));
        run(job("again"), "t2");
        settle(fail("again", "t2", LONG));
        enqueue("cancelled");
        cancel("cancelled");

        assertThat(notices()).isEmpty();
    }

    @Test
    default void eachDeathOfAJobIsANoticeOfItsOwn() {
        want(1, List.of("*"), List.of());
        bury("a");
        requeue("a", "r");
        claimAll("t2", LONG, "a");
        settle(failForGood("a", "t2"));
        settle(failForGood("a", "t2"));

        assertThat(notices()).extracting(Notice::key).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    default void jobsThatSendNoticesLeaveNone() {
        want(1, List.of("*"), List.of());
        JobDraft draft = JobDraft.job(QueueName.HOOKS, "notice");
        enqueue(draft);
        claim(SomeClaim.of(QueueName.HOOKS, WORKER, "t", 1, LONG));
        answer(store().leases().settle(QueueName.HOOKS, List.of(failForGood("notice", "t"))));
        assertThat(answer(store().jobs().find(QueueName.HOOKS, draft.id()))
                        .orElseThrow()
                        .state())
                .isEqualTo(JobState.DEAD);

        assertThat(notices()).isEmpty();
    }

    @Test
    default void noticesStayUntilTheyAreStruckOff() {
        want(1, List.of("*"), List.of());
        bury("a", "b");
        assertThat(notices()).hasSize(2);
        assertThat(due()).isTrue();
        List<String> first = texts().subList(0, 1);

        for (int sent = 0; sent < 2; sent++) {
            strikeOff(first);
            assertThat(texts()).hasSize(1).doesNotContainAnyElementsOf(first);
        }
        assertThat(due()).isTrue();
        strikeOff(texts());
        assertThat(texts()).isEmpty();
        assertThat(due()).isFalse();
    }

    @Test
    default void whatIsWantedIsWhatWasSaidLast() {
        want(5, List.of("*"), List.of());
        want(4, List.of(), List.of());
        bury("a");
        want(6, List.of(), List.of());
        bury("b");

        assertThat(notices()).extracting(each -> each.facts().get("job")).containsExactly("a");
        assertThat(want(6, List.of("*"), List.of())).isEqualTo(6);
    }

    @Test
    default void flowThatEndsLeavesANotice() {
        want(1, List.of(), List.of("second"));
        FlowId id = new FlowId("f");
        List<FlowNode> nodes = Stream.of("first", "second", "second")
                .map(queue -> new FlowNode(
                        "n" + System.nanoTime(),
                        new QueueName(queue),
                        job("x").build().spec(),
                        job("x").build().start(),
                        List.of(),
                        OnParentDead.CANCEL))
                .toList();
        answer(store().flows().create(new FlowPlan(id, nodes), FLOW_LIMITS));
        report(id, 0, JobState.SUCCEEDED);
        report(id, 1, JobState.DEAD);
        assertThat(notices()).isEmpty();
        report(id, 2, JobState.SUCCEEDED);
        report(id, 2, JobState.SUCCEEDED);

        assertThat(notices()).hasSize(1);
        Notice notice = notices().get(0);
        assertThat(notice.event()).isEqualTo(HookEvent.FLOW_ENDED);
        assertThat(notice.queues()).extracting(QueueName::value).containsExactly("first", "second");
        assertThat(notice.facts())
                .containsEntry("flow", "f")
                .containsEntry("queues", List.of("first", "second"))
                .containsEntry("succeeded", 2)
                .containsEntry("dead", 1)
                .containsEntry("cancelled", 0);
    }

    private void report(FlowId flow, int index, JobState state) {
        answer(store().flows()
                .report(
                        flow,
                        List.of(new FlowReport(new FlowMember(flow, index), state, 1, Optional.empty())),
                        FLOW_LIMITS));
    }

    /** In all buckets. */
    private long want(long version, List<String> dead, List<String> flows) {
        var wanted = new NoticeStore.Wanted(version, new QueuePatterns(dead), new QueuePatterns(flows));
        long known = 0;
        for (int bucket = 0; bucket < store().notices().buckets(); bucket++) {
            known = answer(store().notices().want(bucket, wanted));
        }
        return known;
    }

    private List<Notice> notices() {
        return texts().stream().map(text -> Notice.read(text).orElseThrow()).toList();
    }

    private List<String> texts() {
        List<String> all = new ArrayList<>();
        for (int bucket = 0; bucket < store().notices().buckets(); bucket++) {
            all.addAll(
                    answer(store().notices().outbox(bucket, 100, Duration.ZERO)).notices());
        }
        return all;
    }

    private void strikeOff(List<String> texts) {
        for (int bucket = 0; bucket < store().notices().buckets(); bucket++) {
            answer(store().notices().done(bucket, 0, texts));
        }
    }

    private boolean due() {
        boolean any = false;
        for (int bucket = 0; bucket < store().due().buckets(); bucket++) {
            any |= answer(store().due().due(bucket, FAR)).notices().isPresent();
        }
        return any;
    }
}
