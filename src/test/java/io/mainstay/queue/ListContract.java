package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    default void cursorNobodyMadeIsRefusedByName() {
        for (String cursor : List.of("", "rubbish", "1:2:{}", "*")) {
            assertThatThrownBy(() -> page(JobState.READY, Optional.of(cursor), 1))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("cursor");
        }
    }
}
