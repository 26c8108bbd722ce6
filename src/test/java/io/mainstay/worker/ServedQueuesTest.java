package io.mainstay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.HandlerNotes;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.QueueName;
import io.mainstay.job.Timeline;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.DrainsByHand;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.route.TargetRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How queues share workers, and what makes a hint go away. */
class ServedQueuesTest {

    private static final QueueName HEAVY = new QueueName("heavy");
    private static final QueueName LIGHT = new QueueName("light");

    private final WorkerIdentity identity = new WorkerIdentity(
            new JobIds(),
            WorkersConfig.lease(Duration.ofSeconds(10)),
            new HandlerRegistry(Map.of()),
            () -> TargetRoom.UNLIMITED,
            HeldHandlers.NONE);
    private final DrainsByHand drains = new DrainsByHand();
    private final ServedQueues servedQueues = new ServedQueues(QueueWeights.parse(List.of("heavy=3", "light")), drains);
    private final ServedQueue heavy = servedQueues.serve(HEAVY).orElseThrow();
    private final ServedQueue light = servedQueues.serve(LIGHT).orElseThrow();

    @Test
    void workersAreSharedByWeight() {
        servedQueues.all().forEach(ServedQueue::hint);
        servedQueues.allot(40);
        assertThat(heavy.allotted).isEqualTo(30);
        assertThat(light.allotted).isEqualTo(10);
    }

    @Test
    void sharesHoldWhenWorkersComeOneByOne() {
        servedQueues.all().forEach(ServedQueue::hint);
        Map<QueueName, Integer> given = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            servedQueues.allot(1).forEach(served -> given.merge(served.queue, 1, Integer::sum));
        }
        assertThat(given).containsEntry(HEAVY, 300).containsEntry(LIGHT, 100);
    }

    @Test
    void queueThatWaitsForAnAnswerIsMadeUpForIt() {
        servedQueues.all().forEach(ServedQueue::hint);
        heavy.claim = identity.claim(HEAVY, 1, ClaimRequest.MOST_BYTES);
        assertThat(servedQueues.allot(4)).containsExactly(light);
        heavy.claim = null;
        servedQueues.allot(12);
        assertThat(heavy.allotted).isEqualTo(12);
    }

    @Test
    void longWaitForAnAnswerDoesNotStarveTheOthersAfterwards() {
        servedQueues.all().forEach(ServedQueue::hint);
        heavy.claim = identity.claim(HEAVY, 1, ClaimRequest.MOST_BYTES);
        servedQueues.allot(100_000);
        heavy.claim = null;
        servedQueues.allot(200);
        assertThat(light.allotted).isPositive();
    }

    @Test
    void loneQueueGetsAllWorkers() {
        light.hint();
        assertThat(servedQueues.allot(64)).containsExactly(light);
        assertThat(light.allotted).isEqualTo(64);
    }

    @Test
    void hintOutlivesAClaimThatLeftJobsBehind() {
        claimed(5, 5, true);
        assertThat(light.hinted()).isTrue();
        claimed(5, 4, true);
        assertThat(light.hinted()).isTrue();
        claimed(5, 4, false);
        assertThat(light.hinted()).isFalse();
    }

    @Test
    void aFullClaimThatTookTheLastJobsNeedsNoOther() {
        claimed(5, 5, false);
        assertThat(light.hinted()).isFalse();
    }

    @Test
    void wakeUpThatOvertakesTheAnswerIsKept() {
        light.hint();
        light.claim = identity.claim(LIGHT, 5, ClaimRequest.MOST_BYTES);
        light.claim.sending(5);
        light.sending();
        light.hint();
        light.answered(answer(0, false));
        assertThat(light.hinted()).isTrue();
    }

    @Test
    void onlyNamedQueuesAreServed() {
        assertThat(servedQueues.serve(new QueueName("other"))).isEmpty();
        ServedQueues all = new ServedQueues(QueueWeights.ALL, drains);
        all.serve(HEAVY).orElseThrow().hint();
        all.serve(LIGHT).orElseThrow().nextDueTimer(() -> {});
        all.forgetIdle();
        assertThat(all.all()).as("not yet looked at, and to be looked at later").hasSize(2);
        seenEmpty(all.serve(HEAVY).orElseThrow());
        all.forgetIdle();
        assertThat(all.all()).extracting(served -> served.queue).containsExactly(LIGHT);
        all.serve(LIGHT).orElseThrow().noDueTimer();
        all.forgetIdle();
        assertThat(all.all()).isEmpty();
    }

    @Test
    void privateQueueGetsOneWorkerAndTheOthersShareTheRest() {
        QueueName own = QueueName.privateTo("me");
        ServedQueues with =
                new ServedQueues(QueueWeights.parse(List.of("light")).and(new OwnQueue(own)), drains);
        with.all().forEach(ServedQueue::hint);
        assertThat(with.allot(4))
                .extracting(served -> served.queue.value() + " " + served.allotted)
                .containsExactlyInAnyOrder("light 3", own + " 1");
        assertThat(with.allot(1)).extracting(served -> served.queue).containsExactly(own);
        with.forgetIdle();
        assertThat(with.serve(own)).isPresent();
    }

    @Test
    void drainedThereIsWorkForThePrivateQueueOnlyAndNothingIsForgotten() {
        QueueName own = QueueName.privateTo("me");
        ServedQueues with =
                new ServedQueues(QueueWeights.parse(List.of("light")).and(new OwnQueue(own)), drains);
        with.all().forEach(ServedQueue::hint);
        drains.drainHere(true);
        assertThat(with.allot(4)).extracting(served -> served.queue).containsExactly(own);
        drains.drainHere(false);
        assertThat(with.allot(4))
                .extracting(served -> served.queue.value() + " " + served.allotted)
                .containsExactlyInAnyOrder("light 3", own + " 1");
    }

    @Test
    void badWeightsAreNamed() {
        assertThatThrownBy(() -> QueueWeights.parse(List.of("a=0")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.worker.queues");
        assertThatThrownBy(() -> QueueWeights.parse(List.of("a", "a=2"))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> QueueWeights.parse(List.of("A"))).isInstanceOf(InvalidValueException.class);
    }

    private void seenEmpty(ServedQueue served) {
        served.claim = identity.claim(served.queue, 1, ClaimRequest.MOST_BYTES);
        served.claim.sending(1);
        served.sending();
        served.answered(answer(0, false));
    }

    private void claimed(int asked, int jobs, boolean more) {
        light.hint();
        light.claim = identity.claim(LIGHT, asked, ClaimRequest.MOST_BYTES);
        light.claim.sending(asked);
        light.sending();
        light.answered(answer(jobs, more));
    }

    private static Claimed answer(int jobs, boolean more) {
        var times = new Timeline(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null);
        var status = new JobStatus(JobState.RUNNING, 1, times, null, new HandlerNotes(null, 0), List.of());
        var job =
                new Job(LIGHT, new JobId("a"), JobDraft.job(LIGHT, "a").build().spec(), status);
        return new Claimed(Collections.nCopies(jobs, job), more, Optional.empty());
    }
}
