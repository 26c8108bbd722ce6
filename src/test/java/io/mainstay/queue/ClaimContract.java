package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface ClaimContract extends ContractSteps {

    @Test
    default void claimLeasesTheBestJobsAndSaysWhetherMoreAreDue() {
        enqueue(job("low").priority(0));
        enqueue("b", "a");
        enqueue(job("high").priority(9));

        Claimed first = claim(3);
        Claimed second = claim(3);

        assertThat(first.jobs()).extracting(ContractSteps::id).containsExactly("high", "b", "a");
        assertThat(first.more()).isTrue();
        assertThat(second.jobs()).extracting(ContractSteps::id).containsExactly("low");
        assertThat(second.more()).isFalse();
        assertThat(list(JobState.READY)).isEmpty();
    }

    @Test
    default void claimedJobsComeAsTheyAreNow() {
        enqueue("a");
        Instant before = store().now();

        Job job = claim(1).jobs().get(0);

        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.status().attempt()).isEqualTo(1);
        assertThat(job.status().times().startedAt()).isBetween(before, store().now());
        assertThat(find("a")).isEqualTo(job);
        assertThat(list(JobState.RUNNING)).containsExactly("a");
    }

    @Test
    default void arrivalDecidesWithinAPriorityAlsoInLongQueues() {
        // Ids against the order of arrival, and more than ten, so that neither ids nor numbers as text decide.
        List<String> ids =
                IntStream.range(0, 25).mapToObj(i -> "job-" + (99 - i)).toList();
        ids.forEach(id -> enqueue(id));

        assertThat(claim(25).jobs()).extracting(ContractSteps::id).containsExactlyElementsOf(ids);
    }

    @Test
    default void noJobIsLeasedTwice() {
        enqueue("a");

        assertThat(claim(1).jobs()).hasSize(1);
        assertThat(claim(1).jobs()).isEmpty();
    }

    @Test
    default void claimOfNothingLeasesNothing() {
        enqueue("a");

        assertThat(claim(0).jobs()).isEmpty();
        assertThat(claim(0).more()).isTrue();
        assertThat(stateOf("a")).isEqualTo(JobState.READY);
    }

    @Test
    default void unknownQueueHasNothingToClaim() {
        Claimed claimed = claim(5);

        assertThat(claimed).isEqualTo(new Claimed(List.of(), false, Optional.empty()));
        assertThat(store().allQueues()).isEmpty();
    }

    @Test
    default void repeatedClaimAnswersWithTheSameJobs() {
        enqueue("a", "b", "c");
        Claimed first = claim(2, "t1", LONG);

        Claimed again = claim(2, "t1", LONG);

        assertThat(again.jobs()).isEqualTo(first.jobs());
        assertThat(again.more()).isEqualTo(first.more());
        assertThat(find("a").status().attempt()).isEqualTo(1);
        assertThat(stateOf("c")).isEqualTo(JobState.READY);
    }

    @Test
    default void repeatedClaimLeavesOutWhatHasEndedMeanwhile() {
        enqueue("a", "b", "c", "d");
        claimAll("t1", LONG, "a", "b", "c");
        settle(complete("a", "t1"));
        cancel("c");

        assertThat(claim(3, "t1", LONG).jobs()).extracting(ContractSteps::id).containsExactly("b");

        settle(release("b", "t1"));
        assertThat(claim(3, "t1", LONG).jobs()).isEmpty();
        assertThat(stateOf("d")).isEqualTo(JobState.READY);
    }

    @Test
    default void repeatedClaimIsAnsweredWhileTheQueueIsPaused() {
        enqueue("a", "b");
        claimAll("t1", LONG, "a");
        answer(store().jobs().setPaused(QUEUE, true));

        Claimed again = claim(1, "t1", LONG);

        assertThat(again.jobs()).extracting(ContractSteps::id).containsExactly("a");
        assertThat(again.more()).isFalse();
    }

    @Test
    default void emptyClaimIsAskedAnewWhenRepeated() {
        claimAll("t1", LONG);
        enqueue("a");

        claimAll("t1", LONG, "a");
    }

    @Test
    default void emptyClaimDoesNotHideTheOneBefore() {
        enqueue("a");
        claimAll("t1", LONG, "a");
        assertThat(claim(1, "t2", LONG).jobs()).isEmpty();
        enqueue("b");

        assertThat(claim(1, "t1", LONG).jobs()).extracting(ContractSteps::id).containsExactly("a");
    }

    @Test
    default void onlyTheLatestClaimCanBeRepeated() {
        enqueue("a", "b", "c");
        claimAll("t1", LONG, "a");
        claimAll("t2", LONG, "b");

        claimAll("t1", LONG, "c");
        assertThat(claim(1, "t1", LONG).jobs()).extracting(ContractSteps::id).containsExactly("c");
    }

    @Test
    default void claimantsDoNotSeeEachOthersClaims() {
        enqueue("a", "b");
        claimAll("t1", LONG, "a");

        Claimed other = claim(SomeClaim.of(QUEUE, "worker-2", "t1", 1, LONG));

        assertThat(other.jobs()).extracting(ContractSteps::id).containsExactly("b");
    }

    @Test
    default void repeatAfterTheLeaseIsANewClaim() {
        enqueue("a", "b");
        claimAll("t1", SHORT, "a");
        letPass(SHORT.plus(Duration.ofMillis(2)));

        Claimed again = claim(1, "t1", LONG);

        assertThat(again.jobs()).extracting(ContractSteps::id).containsExactly("a");
        assertThat(again.returned()).isEqualTo(1);
        assertThat(again.more()).isTrue();
    }
}
