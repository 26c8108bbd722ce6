package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The answer to a claim has a bound in bytes. What has no room stays where it is, and a repeat may ask for less. The bounds here
 * lie far from the sizes of payloads, for stores count the rest of a job as well.
 */
interface ClaimSizeContract extends ContractSteps {

    int LARGE = 40_000;
    int ROOM_FOR_ONE = 60_000;
    int ROOM_FOR_TWO = 100_000;
    int ROOM_FOR_THREE = 140_000;

    @Test
    default void claimStopsBeforeItsAnswerIsTooLargeAndSaysThatMoreAreDue() {
        enqueueLarge("a", "b", "c");

        Claimed first = claimBytes(ROOM_FOR_TWO, "t1", LONG);
        assertThat(first.jobs()).extracting(ContractSteps::id).containsExactly("a", "b");
        assertThat(first.more()).isTrue();
        assertThat(stateOf("c")).isEqualTo(JobState.READY);
        assertThat(find("c").status().attempt()).isZero();

        Claimed second = claimBytes(ROOM_FOR_TWO, "t2", LONG);
        assertThat(second.jobs()).extracting(ContractSteps::id).containsExactly("c");
        assertThat(second.more()).isFalse();
    }

    @Test
    default void oneJobComesWhateverItsSize() {
        enqueueLarge("a", "b");

        assertThat(claimBytes(1, "t1", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("a");
    }

    @Test
    default void whatHasNoRoomKeepsItsPlaceAndIsNotOvertaken() {
        enqueueLarge("a", "b", "c");
        enqueue("small");
        enqueue(job("first").priority(9).ofBytes(LARGE));

        assertThat(claimBytes(ROOM_FOR_TWO, "t1", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("first", "a");
        assertThat(list(JobState.READY)).containsExactly("b", "c", "small");
    }

    @Test
    default void answerThatIsFullCostsAGroupNeitherItsTurnNorTokens() {
        limit(LimitsDraft.NONE.groupRate(new Rate(2, Duration.ofHours(1))));
        for (String id : List.of("x1", "y1", "x2", "y2")) {
            enqueue(job(id).group(id.substring(0, 1)).ofBytes(LARGE));
        }

        assertThat(claimBytes(ROOM_FOR_ONE, "t1", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("x1");
        assertThat(list(JobState.READY)).containsExactly("y1", "x2", "y2");
        assertThat(claimBytes(ROOM_FOR_ONE, "t2", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("y1");
        assertThat(claimBytes(ROOM_FOR_THREE, "t3", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("x2", "y2");
    }

    @Test
    default void firstOfAGroupThatKeepsItsOrderWaitsForRoom() {
        enqueueLarge("a");
        enqueue(job("b").inOrderOf("g").ofBytes(LARGE));
        enqueue(job("c").inOrderOf("g").ofBytes(LARGE));
        Claimed first = claimBytes(ROOM_FOR_ONE, "t1", LONG);
        Claimed second = claimBytes(ROOM_FOR_ONE, "t2", LONG);

        List<String> started = new ArrayList<>();
        first.jobs().forEach(job -> started.add(ContractSteps.id(job)));
        second.jobs().forEach(job -> started.add(ContractSteps.id(job)));
        assertThat(started).containsExactlyInAnyOrder("a", "b");
        assertThat(list(JobState.READY)).containsExactly("c");
    }

    @Test
    default void jobsThatHaveAgedGetTheirShareOfSmallAnswersToo() {
        enqueue(job("low-1").priority(0).ofBytes(LARGE));
        enqueue(job("low-2").priority(0).ofBytes(LARGE));
        letPass(AMPLE);
        for (int i = 0; i < 40; i++) {
            enqueue(job("high-" + i).priority(9).ofBytes(LARGE));
        }

        List<String> started = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            claimBytes(ROOM_FOR_ONE, UUID.randomUUID().toString(), LONG)
                    .jobs()
                    .forEach(job -> started.add(ContractSteps.id(job)));
        }
        assertThat(started).hasSize(16).contains("low-1", "low-2");
    }

    @Test
    default void repeatForLessGetsTheFirstOfTheSameJobsAndTheRestGoesBackUncounted() {
        enqueueLarge("a", "b", "c");
        assertThat(claimBytes(ROOM_FOR_THREE, "t1", LONG).jobs()).hasSize(3);
        enqueue("d");

        Claimed again = claimBytes(ROOM_FOR_TWO, "t1", LONG);

        assertThat(again.jobs()).extracting(ContractSteps::id).containsExactly("a", "b");
        assertThat(again.more()).isTrue();
        assertThat(list(JobState.READY)).containsExactly("c", "d");
        assertThat(find("c").status().attempt()).isZero();
        assertThat(find("c").status().errors()).isEmpty();
        assertThat(claimBytes(ROOM_FOR_ONE, "t1", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("a");
        assertThat(list(JobState.READY)).containsExactly("b", "c", "d");
        claimAll("t2", LONG, "b", "c", "d");
        assertThat(find("c").status().attempt()).isEqualTo(1);
    }

    @Test
    default void reportOnAJobThatARepeatGaveBackIsRefused() {
        enqueueLarge("a", "b");
        claimBytes(ROOM_FOR_TWO, "t1", LONG);
        claimBytes(ROOM_FOR_ONE, "t1", LONG);

        assertThat(settle(complete("b", "t1"))).isInstanceOf(Settled.Refused.class);
        assertThat(settle(complete("a", "t1"))).isInstanceOf(Settled.Applied.class);
    }

    @Test
    default void repeatForLessGivesTokensAndSlotsBack() {
        limit(LimitsDraft.NONE.rate(new Rate(3, Duration.ofHours(1))).groupRate(new Rate(3, Duration.ofHours(1))));
        for (String id : List.of("a", "b", "c")) {
            enqueue(job(id).group("g").ofBytes(LARGE));
        }
        assertThat(claimBytes(ROOM_FOR_THREE, "t1", LONG).jobs()).hasSize(3);
        assertThat(claimBytes(ROOM_FOR_ONE, "t1", LONG).jobs()).hasSize(1);

        assertThat(claimBytes(ROOM_FOR_THREE, "t2", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("b", "c");
    }

    @Test
    default void jobThatItsWorkerIsKnownToHaveIsNotGivenBackByASendingThatComesLate() {
        enqueueLarge("a", "b", "c");
        claimBytes(ROOM_FOR_THREE, "t1", LONG);
        receive("t1", LONG, "c");

        assertThat(claimBytes(ROOM_FOR_ONE, "t1", LONG).jobs())
                .extracting(ContractSteps::id)
                .containsExactly("a", "c");
        assertThat(list(JobState.READY)).containsExactly("b");
    }

    @Test
    default void repeatLetsTheLeasesRunAsLongAsAtFirst() {
        enqueue("a");
        claimAll("t1", AMPLE, "a");
        claimAll("t1", LONG, "a");
        letPass(AMPLE);

        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void repeatCutsNoLeaseThatItsWorkerHasExtended() {
        enqueue("a");
        claimAll("t1", AMPLE, "a");
        answer(store().leases().extend(QUEUE, List.of(new Lease(new JobId("a"), "t1")), LONG));
        claimAll("t1", AMPLE, "a");
        letPass(AMPLE);

        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    private void enqueueLarge(String... ids) {
        for (String id : ids) {
            enqueue(job(id).ofBytes(LARGE));
        }
    }

    private void limit(LimitsDraft limits) {
        answer(store().jobs().setLimits(QUEUE, limits.build()));
    }
}
