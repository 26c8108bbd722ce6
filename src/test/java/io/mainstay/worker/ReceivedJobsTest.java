package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What workers ask of the store so that it knows who has which job, and what answers that do not arrive cost. */
class ReceivedJobsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void lastAttemptsBeginOnceTheStoreKnowsThatTheyWereReceived() {
        pool.gate.extensionsToFail.set(1);
        pool.lease = Duration.ofSeconds(15);
        JobId id = pool.add("slow");
        pool.start(4);
        pool.wake(QUEUE);

        await().until(() -> pool.gate.extensions.size() == 1);
        assertThat(pool.begun).isEmpty();
        await().until(() -> pool.begun.size() == 1);
        assertThat(pool.gate.extensions).hasSizeGreaterThan(1);
        pool.begun.get(0).complete(Outcome.success());
        await().until(() -> pool.job(id).state() == JobState.SUCCEEDED);
        assertThat(pool.begun).hasSize(1);
    }

    @Test
    void lastAttemptThatIsNotConfirmedIsGivenBackUncounted() {
        pool.gate.extensionsToFail.set(Integer.MAX_VALUE);
        pool.lease = Duration.ofSeconds(1);
        JobId id = pool.add("slow");
        pool.start(1);
        pool.wake(QUEUE);

        // It is claimed again at once, so it is ready for a moment only.
        await().until(() -> pool.gate.settles.size() >= 2);
        assertThat(pool.gate.settles.get(0)).singleElement().isInstanceOf(Settlement.Release.class);
        assertThat(pool.begun).isEmpty();

        pool.gate.extensionsToFail.set(0);
        await().until(() -> pool.begun.size() == 1);
        assertThat(pool.job(id).status().attempt()).isEqualTo(1);
    }

    @Test
    void lastAttemptsOfOneClaimAreConfirmedTogether() {
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(pool.add("noop"));
        }
        pool.start(8);
        pool.wake(QUEUE);

        await().until(() -> ids.stream().allMatch(id -> pool.job(id).state() == JobState.SUCCEEDED));
        assertThat(pool.gate.extensions).hasSize(1);
        assertThat(pool.gate.extensions.get(0)).hasSize(5);
    }

    /** Where a partition or the second store has the job, no other place knows its lease. */
    @ParameterizedTest
    @MethodSource("places")
    void lastAttemptIsConfirmedInThePlaceThatHasTheJob(QueueName place) {
        JobId id = pool.add(place, "noop", 1, MINUTE);
        pool.start(1);
        pool.wake(place);

        await().until(() -> pool.job(place, id).state() == JobState.SUCCEEDED);
    }

    private static List<QueueName> places() {
        return List.of(
                QUEUE.partition(2, 1),
                QUEUE.inSecondStore(),
                QUEUE.partition(2, 1).inSecondStore());
    }

    @Test
    void otherAttemptsCostNothing() {
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(pool.add(QUEUE, "noop", 2, MINUTE));
        }
        pool.lease = Duration.ofMinutes(5);
        pool.start(8);
        pool.wake(QUEUE);

        await().until(() -> ids.stream().allMatch(id -> pool.job(id).state() == JobState.SUCCEEDED));
        assertThat(pool.gate.extensions).isEmpty();
    }

    @Test
    void firstExtensionOfAnAttemptComesLongBeforeAThirdOfItsLease() {
        pool.lease = Duration.ofMinutes(10);
        pool.add(QUEUE, "slow", 2, MINUTE);
        pool.start(1);
        pool.wake(QUEUE);

        await().until(() -> pool.gate.extensions.size() == 1);
    }

    @Test
    void claimWhoseAnswerWasLostAsksForHalfAndTheNextForMoreAgain() {
        pool.gate.claimAnswersToLose.set(3);
        JobId id = pool.add("noop");
        pool.start(1);
        pool.wake(QUEUE);
        await().until(() -> pool.job(id).state() == JobState.SUCCEEDED);
        JobId next = pool.addAndWake("noop");
        await().until(() -> pool.job(next).state() == JobState.SUCCEEDED);

        List<ClaimRequest> claims = List.copyOf(pool.gate.claims);
        int most = ClaimRequest.MOST_BYTES;
        assertThat(claims.subList(0, 5))
                .extracting(ClaimRequest::bytes)
                .containsExactly(most, most / 2, most / 4, most / 8, most / 4);
        assertThat(claims.subList(0, 4))
                .extracting(ClaimRequest::token)
                .containsOnly(claims.get(0).token());
        assertThat(pool.job(id).status().attempt()).isEqualTo(1);
    }
}
