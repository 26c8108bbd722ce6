package io.mainstay.lease.claim;

import static io.mainstay.lease.claim.WaitersUnderTest.LEASE;
import static io.mainstay.lease.claim.WaitersUnderTest.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.lease.AttemptEnds;
import io.mainstay.queue.attempt.StartedAttempt;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of jobs once they are in an answer. */
class DeliveryTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final WaitersUnderTest service = new WaitersUnderTest();
    private final ReceivedJobs received = new ReceivedJobs(service.loop, service.store, (token, in) -> {});
    private final GiveBack giveBack = new GiveBack(service.loop, service.store);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private JobId id;

    @BeforeEach
    void add() {
        id = service.add(MAIL);
    }

    @Test
    void jobsOfAnAnswerThatWasWrittenAreReceived() {
        deliver(delivery(false), true);

        assertThat(service.store.notes)
                .singleElement()
                .satisfies(note -> assertThat(note.lease().id()).isEqualTo(id));
        assertThat(service.store.extensions).isEmpty();
        assertThat(service.store.settled).isEmpty();
        // A lease that ends now is one that its worker let end.
        for (int i = 0; i < 4; i++) {
            service.advance(LEASE.dividedBy(3));
            service.ask(Duration.ZERO, MAIL);
        }
        assertThat(service.job(MAIL, id).status().attempt()).isEqualTo(2);
    }

    @Test
    void jobsOfAnAnswerThatWasNotWrittenWholeGoBackUncounted() {
        channel.close();

        deliver(delivery(false), true);

        assertThat(service.isReadyUncounted(MAIL, id)).isTrue();
        assertThat(service.store.notes).isEmpty();
    }

    @Test
    void jobsOfAConnectionThatWasClosedGoBackUncounted() {
        deliver(delivery(false), false);

        assertThat(service.isReadyUncounted(MAIL, id)).isTrue();
    }

    @Test
    void jobsThatAnErrorTookThePlaceOfGoBackUncounted() {
        Delivery delivery = delivery(false);
        delivery.holds(claim());

        delivery.ended(true);
        service.advance(SOON);

        assertThat(service.isReadyUncounted(MAIL, id)).isTrue();
    }

    @Test
    void jobsThatComeAfterTheCallerHasGoneGoBackUncounted() {
        Delivery delivery = delivery(false);
        boolean[] left = new boolean[1];
        assertThat(delivery.waiting(() -> left[0] = true)).isTrue();
        delivery.ended(false);
        assertThat(left[0]).isTrue();

        delivery.holds(claim());

        assertThat(service.isReadyUncounted(MAIL, id)).isTrue();
    }

    @Test
    void jobsOfOneWithAKeyStayForItsRepeat() {
        deliver(delivery(true), false);

        assertThat(service.job(MAIL, id).state()).isEqualTo(JobState.RUNNING);
        assertThat(service.store.notes).isEmpty();
    }

    @Test
    void whatWasReportedByThenIsNotToldOf() {
        Delivery delivery = delivery(false);
        List<Batch> batches = claim();
        delivery.holds(batches);
        delivery.writes(leased(batches));
        delivery.ended(true);

        received.refused(StartedAttempt.of(batches.get(0).jobs().get(0)));
        service.advance(SOON);

        assertThat(service.store.notes).isEmpty();
    }

    @Test
    void aLeaseIsCutToTheEndOfAJobThatEndsBefore() {
        Duration length = Duration.ofHours(1);
        Ask ask = new Ask("w", List.of(MAIL), WaitersUnderTest.handlers("resize"), 1, length, null);
        List<Batch> batches = service.ask(ask, Duration.ZERO).outcome().batches();
        LeasedJob leased = leased(batches).get(0);

        assertThat(leased.shortened()).isTrue();
        assertThat(leased.remaining(service.loop.nanoTime())).isEqualTo(Duration.ofMinutes(1));
        assertThat(leased.until())
                .isEqualTo(leased.job().status().times().startedAt().plus(Duration.ofMinutes(1)));
        Delivery delivery = delivery(false);
        delivery.holds(batches);
        delivery.writes(List.of(leased));
        delivery.ended(true);
        service.advance(SOON);

        assertThat(service.store.extensions).singleElement().satisfies(cut -> assertThat(cut)
                .isBetween(
                        Duration.ofSeconds(59).plus(AttemptEnds.GRACE),
                        Duration.ofSeconds(60).plus(AttemptEnds.GRACE)));
    }

    private Delivery delivery(boolean repeatable) {
        return new Delivery(channel, received, giveBack, repeatable);
    }

    private List<Batch> claim() {
        return service.ask(Duration.ZERO, MAIL).outcome().batches();
    }

    private void deliver(Delivery delivery, boolean handedOver) {
        List<Batch> batches = claim();
        delivery.holds(batches);
        delivery.writes(leased(batches));
        delivery.ended(handedOver);
        service.advance(SOON);
    }

    private List<LeasedJob> leased(List<Batch> batches) {
        Batch batch = batches.get(0);
        Job job = batch.jobs().get(0);
        return List.of(LeasedJob.of(job, batch, service.loop.nanoTime(), Instant.EPOCH));
    }
}
