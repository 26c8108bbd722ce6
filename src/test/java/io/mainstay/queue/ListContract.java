package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.queue.search.JobFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

interface ListContract extends ContractSteps {

    @Test
    default void readyJobsAreListedNextFirst() {
        enqueue(job("low").priority(0));
        enqueue(job("first"));
        enqueue(job("a-later"));
        enqueue(job("high").priority(9));

        assertThat(list(JobState.READY)).containsExactly("high", "first", "a-later", "low");
    }

    @Test
    default void scheduledJobsAreListedByDueTime() {
        enqueue(job("c").after(LONG.multipliedBy(2)).priority(9));
        enqueue(job("b").after(LONG.multipliedBy(3)));
        enqueue(job("a").after(LONG));

        assertThat(list(JobState.SCHEDULED)).containsExactly("a", "c", "b");
    }

    @Test
    default void runningJobsAreListedByEndOfLease() {
        enqueue("c", "a", "b");
        claimAll("t1", LONG.multipliedBy(2), "c");
        claimAll("t2", LONG, "a", "b");

        assertThat(list(JobState.RUNNING)).containsExactly("a", "b", "c");
    }

    @Test
    default void endedJobsAreListedLatestFirst() {
        bury("b", "a", "c");

        assertThat(list(JobState.DEAD)).containsExactly("c", "a", "b");
    }

    @Test
    default void jobsEndedTogetherAreListedByIdDownwards() {
        enqueue("a", "c", "b");
        claimAll("t1", LONG, "a", "c", "b");
        answer(store().leases().settle(QUEUE, List.of(complete("b", "t1"), complete("a", "t1"), complete("c", "t1"))));

        assertThat(list(JobState.SUCCEEDED)).containsExactly("c", "b", "a");
    }

    @Test
    default void pagesFollowEachOtherWithoutGapOrRepeat() {
        enqueue("a", "b", "c", "d", "e");

        JobPage first = page(JobState.READY, Optional.empty(), 2);
        JobPage second = page(JobState.READY, first.next(), 2);
        JobPage third = page(JobState.READY, second.next(), 2);

        List<String> seen = new ArrayList<>(ContractSteps.ids(first));
        seen.addAll(ContractSteps.ids(second));
        seen.addAll(ContractSteps.ids(third));
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        assertThat(third.next()).isEmpty();
    }

    @Test
    default void pageThatHoldsTheLastJobIsTheLastPage() {
        enqueue("a", "b");

        assertThat(page(JobState.READY, Optional.empty(), 2).next()).isEmpty();
        assertThat(page(JobState.DEAD, Optional.empty(), 2)).isEqualTo(new JobPage(List.of(), Optional.empty()));
    }

    @Test
    default void pagingGoesOnWhereItWasWhenSeenJobsAreGone() {
        bury("a", "b", "c", "d");
        JobPage first = page(JobState.DEAD, Optional.empty(), 2);
        assertThat(ContractSteps.ids(first)).containsExactly("d", "c");

        requeue("d", "r1");
        requeue("c", "r2");

        assertThat(ContractSteps.ids(page(JobState.DEAD, first.next(), 2))).containsExactly("b", "a");
    }

    @Test
    default void pagingSplitsJobsOfTheSameMomentToo() {
        enqueue("a", "b", "c", "d");
        claimAll("t1", LONG, "a", "b", "c", "d");

        JobPage first = page(JobState.RUNNING, Optional.empty(), 3);
        settle(complete("b", "t1"));

        assertThat(ContractSteps.ids(first)).containsExactly("a", "b", "c");
        assertThat(ContractSteps.ids(page(JobState.RUNNING, first.next(), 3))).containsExactly("d");
    }

    @Test
    default void cursorBehindTheLastJobOpensAnEmptyPage() {
        enqueue("a", "b");
        JobPage first = page(JobState.READY, Optional.empty(), 1);
        cancel("b");
        letPass(Duration.ofMillis(1));

        assertThat(page(JobState.READY, first.next(), 1)).isEqualTo(new JobPage(List.of(), Optional.empty()));
    }

    @Test
    default void listLeavesOutPayloadAndResultAndGivesTheirSizes() {
        enqueue(job("a"));
        claimAll("t1", LONG, "a");
        settle(new Settlement.Complete(new Lease(new JobId("a"), "t1"), Optional.of(new Json("\"æøå\""))));
        Job whole = find("a");

        Job bare = page(JobState.SUCCEEDED, JobPart.NONE).jobs().get(0);
        assertThat(bare.spec().payload())
                .isEqualTo(Json.leftOut(whole.spec().payload().bytes()));
        assertThat(bare.status().result()).isEqualTo(Json.leftOut(8));
        assertThat(page(JobState.SUCCEEDED, EnumSet.of(JobPart.RESULT)).jobs().get(0))
                .isEqualTo(new Job(QUEUE, bare.id(), bare.spec(), whole.status()));
        assertThat(page(JobState.SUCCEEDED, EnumSet.allOf(JobPart.class)).jobs())
                .containsExactly(whole);
    }

    @Test
    default void jobWithoutResultHasNoneInAList() {
        enqueue("a");

        assertThat(page(JobState.READY, JobPart.NONE).jobs().get(0).status().result())
                .isNull();
    }

    @Test
    default void pageEndsBeforeItIsTooLarge() {
        Json large = new Json("\"" + "x".repeat(400_000) + "\"");
        for (String id : List.of("a", "b", "c")) {
            enqueueWith(id, large);
        }
        enqueueWith("d", new Json("\"" + "x".repeat(1_500_000) + "\""));

        Set<JobPart> payload = EnumSet.of(JobPart.PAYLOAD);
        JobPage first = page(JobState.READY, payload);
        assertThat(ContractSteps.ids(first)).containsExactly("a", "b");
        JobPage second = page(JobState.READY, payload, first.next());
        assertThat(ContractSteps.ids(second)).containsExactly("c");
        JobPage third = page(JobState.READY, payload, second.next());
        assertThat(ContractSteps.ids(third)).containsExactly("d");
        assertThat(third.next()).isEmpty();
        assertThat(ContractSteps.ids(page(JobState.READY, JobPart.NONE))).containsExactly("a", "b", "c", "d");
    }

    @Test
    default void stateAloneCanBeRead() {
        enqueue("a");
        assertThat(answer(store().jobs().state(QUEUE, new JobId("a")))).contains(JobState.READY);
        cancel("a");
        assertThat(answer(store().jobs().state(QUEUE, new JobId("a")))).contains(JobState.CANCELLED);
        assertThat(answer(store().jobs().state(QUEUE, new JobId("b")))).isEmpty();
    }

    @Test
    default void pageOfJobsThatMatchLooksAtSomeAndSaysWhereToGoOn() {
        enqueue(job("a").handledBy("mail"));
        enqueue("b", "c", "d");
        enqueue(job("e").handledBy("mail"));
        JobFilter mail = JobFilter.ALL.withHandler(new HandlerName("mail"));

        JobPage first = matching(mail, Optional.empty(), 10, 2);
        JobPage second = matching(mail, first.next(), 10, 2);
        JobPage third = matching(mail, second.next(), 10, 2);

        assertThat(ContractSteps.ids(first)).containsExactly("a");
        assertThat(second.jobs()).isEmpty();
        assertThat(second.next()).isPresent();
        assertThat(ContractSteps.ids(third)).containsExactly("e");
        assertThat(third.next()).isEmpty();
    }

    @Test
    default void pageOfJobsThatMatchEndsBehindItsLast() {
        enqueue("a", "b", "c");

        JobPage first = matching(echo(), Optional.empty(), 2, 10);

        assertThat(ContractSteps.ids(first)).containsExactly("a", "b");
        assertThat(ContractSteps.ids(matching(echo(), first.next(), 2, 10))).containsExactly("c");
    }

    @Test
    default void groupAndLatestErrorPickJobs() {
        bury("dead");
        enqueue(job("x").group("g1"));
        enqueue(job("y").group("g2"));
        enqueue("z");

        assertThat(ContractSteps.ids(matching(JobFilter.ALL.withGroup("g1"), Optional.empty(), 10, 10)))
                .containsExactly("x");
        PageRequest dead =
                new PageRequest(JobState.DEAD, Optional.empty(), 10, JobFilter.ALL.withErrorType("none"), 10);
        assertThat(answer(store().jobs().list(QUEUE, dead, JobPart.NONE)).jobs())
                .isEmpty();
    }

    private static JobFilter echo() {
        return JobFilter.ALL.withHandler(new HandlerName("echo"));
    }

    private JobPage matching(JobFilter filter, Optional<String> cursor, int limit, int lookAt) {
        return answer(store().jobs()
                .list(QUEUE, new PageRequest(JobState.READY, cursor, limit, filter, lookAt), JobPart.NONE));
    }

    @Test
    default void cursorNobodyMadeIsRefusedByName() {
        for (String cursor : List.of("", "rubbish", "1:2:{}", "*")) {
            assertThatThrownBy(() -> page(JobState.READY, Optional.of(cursor), 1))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("cursor");
        }
    }

    private JobPage page(JobState state, Set<JobPart> parts) {
        return page(state, parts, Optional.empty());
    }

    private JobPage page(JobState state, Set<JobPart> parts, Optional<String> cursor) {
        return answer(store().jobs().list(QUEUE, new PageRequest(state, cursor, PageRequest.MOST), parts));
    }

    private void enqueueWith(String id, Json payload) {
        NewJob draft = job(id).build();
        answer(store().jobs().enqueue(new NewJob(QUEUE, draft.id(), draft.spec().withPayload(payload), draft.start())));
    }
}
