package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.StartTime;
import io.mainstay.machine.TimedTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every claim does first: due jobs become ready, expired leases are taken back. */
interface SweepContract extends ContractSteps {

    @Test
    default void scheduledJobIsClaimedOnceItIsDueAndKeepsItsDueTime() {
        Job job = enqueue(job("a").after(SHORT)).job();
        letPass(SHORT);

        assertThat(claim(1).jobs()).extracting(ContractSteps::id).containsExactly("a");
        assertThat(find("a").status().times().runAt())
                .isEqualTo(job.status().times().runAt());
    }

    @TimedTest
    default void jobsDueTogetherArriveByDueTimeThenId() {
        // After the calls below, even on a busy machine: who is due already is put in line at once.
        Instant soon = store().now().plus(AMPLE);
        enqueue(job("b").starting(new StartTime.At(soon)));
        enqueue(job("a").starting(new StartTime.At(soon)));
        enqueue(job("c").starting(new StartTime.At(soon.minusMillis(1))));
        letPass(AMPLE.plusMillis(1));

        sweep();

        assertThat(list(JobState.READY)).containsExactly("c", "a", "b");
    }

    @Test
    default void promotedJobArrivesBehindThoseThatWait() {
        enqueue(job("a").after(SHORT));
        letPass(SHORT);
        enqueue("b");

        sweep();

        assertThat(list(JobState.READY)).containsExactly("b", "a");
    }

    @Test
    default void lastExpiredLeaseKillsAndWhoSweepsIsTold() {
        enqueue(job("a").maxAttempts(1));
        claimAll("t1", LONG, "a");
        receive("t1", SHORT, "a");
        letPass(SHORT);

        assertThat(sweep().died()).singleElement().satisfies(death -> {
            assertThat(death.id()).isEqualTo(find("a").id());
            assertThat(death.handler()).isEqualTo(find("a").spec().handler());
            assertThat(death.attempt()).isEqualTo(1);
            assertThat(death.errorType()).isEqualTo("lease-expired");
            assertThat(death.reported()).isFalse();
        });
        assertThat(sweep().died()).isEmpty();
    }

    @Test
    default void expiredLeaseIsRescuedOnceWithItsReason() {
        enqueue("a");
        claimAll("t1", LONG, "a");
        receive("t1", SHORT, "a");
        letPass(SHORT);
        Instant before = store().now();

        sweep();
        sweep();

        Job job = find("a");
        assertThat(job.state()).isEqualTo(JobState.READY);
        assertThat(job.status().attempt()).isEqualTo(1);
        assertThat(job.status().errors()).hasSize(1);
        AttemptError error = job.status().errors().get(0);
        assertThat(error.attempt()).isEqualTo(1);
        assertThat(error.type()).isEqualTo("lease-expired");
        assertThat(error.message()).isNotBlank();
        assertThat(error.at()).isBetween(before, store().now());
        assertThat(list(JobState.RUNNING)).isEmpty();
        claimAll("t2", LONG, "a");
        assertThat(find("a").status().attempt()).isEqualTo(2);
    }

    @Test
    default void rescuedJobIsClaimableInTheSameCall() {
        enqueue("a");
        claimAll("t1", SHORT, "a");
        letPass(SHORT);

        claimAll("t2", LONG, "a");
    }

    @Test
    default void rescuedJobKeepsItsPlaceAndDueTime() {
        enqueue("a", "b");
        Job before = find("a");
        claimAll("t1", SHORT, "a");
        letPass(SHORT);

        sweep();

        assertThat(list(JobState.READY)).containsExactly("a", "b");
        assertThat(find("a").status().times().runAt())
                .isEqualTo(before.status().times().runAt());
    }

    @Test
    default void expiredLeaseOfTheLastAttemptIsDeath() {
        enqueue(job("a").maxAttempts(1));
        claimAll("t1", LONG, "a");
        receive("t1", SHORT, "a");
        letPass(SHORT);

        Claimed claimed = claim(1);

        assertThat(claimed.jobs()).isEmpty();
        Job job = find("a");
        assertThat(job.state()).isEqualTo(JobState.DEAD);
        assertThat(job.status().errors()).extracting(AttemptError::type).containsExactly("lease-expired");
        assertThat(job.status().times().finishedAt()).isNotNull();
        assertThat(list(JobState.DEAD)).containsExactly("a");
    }

    @Test
    default void leaseThatIsNotOverIsLeftAlone() {
        run(job("a"), "t1");
        letPass(SHORT);

        sweep();

        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    default void oneSweepPromotesABoundedNumberAndSaysThatMoreAreOverdue() {
        for (String id : new String[] {"a", "b", "c", "d", "e"}) {
            enqueue(job(id).after(SHORT));
            letPass(Duration.ofMillis(1));
        }
        letPass(SHORT);

        Claimed first = sweep();

        assertThat(list(JobState.READY)).containsExactly("a", "b", "c");
        assertThat(first.nextDue()).contains(Duration.ZERO);
        assertThat(sweep().nextDue()).isEmpty();
        assertThat(list(JobState.READY)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    default void oneSweepRescuesABoundedNumber() {
        enqueue("a", "b", "c", "d", "e");
        claimAll("t1", SHORT, "a", "b", "c", "d", "e");
        letPass(SHORT);

        sweep();
        assertThat(list(JobState.READY)).containsExactly("a", "b", "c");
        assertThat(list(JobState.RUNNING)).containsExactly("d", "e");

        sweep();
        assertThat(list(JobState.RUNNING)).isEmpty();
    }
}
