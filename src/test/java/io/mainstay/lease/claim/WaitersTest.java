package io.mainstay.lease.claim;

import static io.mainstay.lease.claim.WaitersUnderTest.IMAGES;
import static io.mainstay.lease.claim.WaitersUnderTest.LEASE;
import static io.mainstay.lease.claim.WaitersUnderTest.MAIL;
import static io.mainstay.lease.claim.WaitersUnderTest.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.StartTime;
import io.mainstay.lease.claim.WaitersUnderTest.Request;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.places.QueuePlaces;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitersTest {

    private static final Duration NOT = Duration.ZERO;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final WaitersUnderTest service = new WaitersUnderTest();
    /** By the clock of the store. */
    private Instant farAway = Instant.parse("2001-01-01T00:00:00Z");

    @Test
    void aJobThatIsThereIsAnsweredAtOnce() {
        JobId job = service.add(MAIL);

        Request request = service.ask(WAIT, MAIL);

        assertThat(request.jobs()).containsExactly(job);
        assertThat(service.store.claims).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void whoDoesNotWaitIsAnsweredOnceAllQueuesWereAsked() {
        Request request = service.ask(NOT, MAIL, IMAGES);

        assertThat(request.jobs()).isEmpty();
        assertThat(request.outcome().kind()).isEqualTo(Outcome.Kind.ANSWERED);
        assertThat(service.store.claims).extracting(ClaimRequest::queue).containsExactlyInAnyOrder(MAIL, IMAGES);
        assertNothingIsLeft();
    }

    @Test
    void oneJobIsOneClaimForWhoeverWaitsForLongest() {
        List<Request> requests = waiting(5);
        assertThat(service.store.claims).as("by the first of them").hasSize(1);

        JobId job = service.addAndHint(MAIL);

        assertThat(service.store.claims).hasSize(2);
        assertThat(requests.get(0).jobs()).containsExactly(job);
        assertThat(requests.subList(1, 5)).allMatch(Request::waits);
    }

    @Test
    void moreJobsAreForThoseBehindIt() {
        List<Request> requests = waiting(4);
        List<JobId> jobs = List.of(service.add(MAIL), service.add(MAIL), service.add(MAIL));

        service.hint(MAIL);

        assertThat(requests.subList(0, 3)).flatExtracting(Request::jobs).containsExactlyElementsOf(jobs);
        assertThat(requests.get(3).waits()).isTrue();
        assertThat(service.store.claims).hasSizeLessThanOrEqualTo(1 + 3 + 1);
    }

    @Test
    void oneWithoutTheHandlerIsNotClaimedFor() {
        service.ask(WAIT, MAIL);

        service.waiters.hint(MAIL, WaitersUnderTest.handlers("other"));
        service.loop.turn();

        assertThat(service.store.claims).hasSize(1);
    }

    @Test
    void aHintThatOvertakesAnEmptyAnswerIsNotLost() {
        service.store.holds = true;
        Request request = service.ask(WAIT, MAIL);
        JobId job = service.addAndHint(MAIL);
        service.answer();
        assertThat(request.waits()).isTrue();

        service.answer();

        assertThat(request.jobs()).containsExactly(job);
    }

    @Test
    void whoComesWhileAClaimIsUnderWayJoinsIt() {
        service.store.holds = true;
        Request first = service.ask(WAIT, MAIL);
        Request second = service.ask(WAIT, MAIL);
        assertThat(service.store.claims).hasSize(1);

        service.answer();
        JobId job = service.addAndHint(MAIL);
        service.answer();

        assertThat(first.jobs()).containsExactly(job);
        assertThat(second.waits()).isTrue();
        service.answer();
        service.advance(WAIT.plusSeconds(1));
        assertThat(second.outcome().kind()).isEqualTo(Outcome.Kind.ANSWERED);
    }

    @Test
    void aPollFindsWhatNoHintToldOf() {
        Request request = service.ask(WAIT, MAIL);
        JobId job = service.add(MAIL);

        service.waiters.due(MAIL, Optional.empty(), Duration.ZERO);
        service.loop.turn();

        assertThat(request.jobs()).containsExactly(job);
    }

    @Test
    void aScheduledJobIsClaimedWhenItIsDue() {
        JobId job = service.add(MAIL, new StartTime.After(Duration.ofSeconds(5)));
        Request request = service.ask(WAIT, MAIL);
        service.advance(Duration.ofMillis(4990));
        assertThat(request.waits()).isTrue();

        service.advance(Duration.ofMillis(20));

        assertThat(request.jobs()).containsExactly(job);
    }

    @Test
    void aWaitEndsWhenItSaid() {
        Request request = service.ask(WAIT, MAIL);
        service.advance(WAIT.minus(MOMENT));
        assertThat(request.waits()).isTrue();

        service.advance(Duration.ofMillis(60));

        assertThat(request.jobs()).isEmpty();
        assertThat(request.outcome().waited()).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void aWaitEndsWhenItSaidThoughTheStoreIsSilent() {
        service.store.silent.add(MAIL);
        Request request = service.ask(Duration.ofSeconds(1), MAIL);

        service.advance(Duration.ofMillis(1200));

        assertThat(request.outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
    }

    @Test
    void whoeverIsBeyondTheLimitDoesNotWait() {
        WaitersUnderTest small = new WaitersUnderTest(2);
        small.ask(WAIT, MAIL);
        small.ask(WAIT, MAIL);

        Request third = small.ask(WAIT, MAIL);

        assertThat(third.jobs()).isEmpty();
        assertThat(third.outcome().waited()).isFalse();
        assertThat(small.waiters.count()).isEqualTo(2);
    }

    @Test
    void jobsOfOneThatLeftGoBackUncounted() {
        service.store.holds = true;
        JobId job = service.add(MAIL);
        Request request = service.ask(WAIT, MAIL);
        service.leave(request);

        service.answer();

        assertThat(request.outcomes).isEmpty();
        assertThat(service.isReadyUncounted(MAIL, job)).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void jobsOfOneThatLeftGoToTheNextRequestOfTheSameWorker() {
        service.store.holds = true;
        JobId job = service.add(MAIL);
        Request gone = service.ask("w", 1, WAIT, MAIL);
        Request next = service.ask("w", 1, WAIT, MAIL);
        service.leave(gone);

        service.answer();

        assertThat(next.jobs()).containsExactly(job);
        assertThat(service.store.settled).isEmpty();
    }

    @Test
    void jobsOfOneThatLeftAreClaimedAnewForAnotherWorker() {
        service.store.holds = true;
        JobId job = service.add(MAIL);
        Request gone = service.ask("w", 1, WAIT, MAIL);
        Request next = service.ask("x", 1, WAIT, MAIL);
        service.leave(gone);
        service.store.holds = false;

        service.answer();

        assertThat(next.jobs()).containsExactly(job);
        assertThat(next.outcome().batches().get(0).token()).startsWith("x.");
        assertThat(service.job(MAIL, job).status().attempt()).isEqualTo(1);
    }

    @Test
    void aClaimWhoseAnswerWasLostIsRepeatedUnderItsToken() {
        Request request = service.ask(WAIT, MAIL);
        service.store.toLose = 2;
        JobId job = service.addAndHint(MAIL);
        assertThat(request.waits()).isTrue();

        service.advance(Duration.ofSeconds(1));

        assertThat(request.jobs()).containsExactly(job);
        List<ClaimRequest> sent = service.store.claims.subList(1, 4);
        assertThat(sent)
                .extracting(ClaimRequest::token)
                .containsOnly(sent.get(0).token());
        assertThat(sent)
                .extracting(ClaimRequest::claimant)
                .containsOnly(sent.get(0).claimant());
        assertThat(sent.get(2).bytes()).isLessThan(sent.get(0).bytes());
        assertThat(service.job(MAIL, job).status().attempt()).isEqualTo(1);
    }

    @Test
    void whoCannotBeToldAnythingIsToldSoAndItsClaimGoesOn() {
        service.store.toLose = 1;
        JobId job = service.add(MAIL);

        Request request = service.ask(NOT, MAIL);

        assertThat(request.outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
        service.advance(Duration.ofSeconds(1));
        assertThat(service.isReadyUncounted(MAIL, job)).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void aWaitThatWasFineOutlastsAStoreThatIsAway() {
        Request request = service.ask(WAIT, MAIL);
        service.store.away = true;
        service.hint(MAIL);
        service.advance(Duration.ofSeconds(10));
        assertThat(request.waits()).isTrue();
        JobId job = service.add(MAIL);

        service.store.away = false;
        service.advance(Duration.ofSeconds(1));

        assertThat(request.jobs()).containsExactly(job);
    }

    @Test
    void aQueueThatDoesNotAnswerKeepsNobodyFromTheOthers() {
        service.store.silent.add(MAIL);
        List<Request> requests = List.of(service.ask(WAIT, MAIL, IMAGES), service.ask(WAIT, IMAGES, MAIL));

        service.advance(Duration.ofMillis(250));

        List<JobId> jobs = List.of(service.addAndHint(IMAGES), service.addAndHint(IMAGES));
        assertThat(requests).flatExtracting(Request::jobs).containsExactlyElementsOf(jobs);
    }

    @Test
    void nobodyGetsMoreThanItAskedForOfAllQueues() {
        for (int i = 0; i < 3; i++) {
            service.add(MAIL);
            service.add(IMAGES);
        }

        Request request = service.ask("w", 4, WAIT, MAIL, IMAGES);

        assertThat(request.jobs()).hasSize(4);
        assertThat(service.store.claims).extracting(ClaimRequest::max).containsExactly(4, 1);
        assertThat(service.store.settled).isEmpty();
    }

    @Test
    void aDrainedWorkerIsToldAtOnce() {
        service.add(MAIL);
        service.drained.add("w");

        assertThat(service.ask(WAIT, MAIL).outcome().kind()).isEqualTo(Outcome.Kind.DRAINED);
        assertThat(service.store.claims).isEmpty();
    }

    @Test
    void aWorkerThatIsDrainedWhileItWaitsIsTold() {
        Request drained = service.ask("w", 1, WAIT, MAIL);
        Request other = service.ask("x", 1, WAIT, MAIL);
        service.drained.add("w");

        service.advance(Duration.ofMillis(600));

        assertThat(drained.outcome().kind()).isEqualTo(Outcome.Kind.DRAINED);
        assertThat(other.waits()).isTrue();
    }

    @Test
    void allWaitsEndWhenTheInstanceDoesAndNoneBegins() {
        List<Request> requests = new ArrayList<>(waiting(3));
        service.store.holds = true;
        JobId job = service.addAndHint(MAIL);

        service.waiters.stop();
        service.loop.turn();
        service.answer();

        requests.add(service.ask(WAIT, MAIL));
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.outcome().kind()).isEqualTo(Outcome.Kind.STOPPING));
        assertThat(service.isReadyUncounted(MAIL, job)).isTrue();
    }

    @Test
    void aRepeatTakesOverTheWaitThatIsOpen() {
        Ask ask = keyed("token");
        Request first = service.ask(ask, WAIT);
        Request second = service.ask(ask, WAIT);
        assertThat(first.jobs()).isEmpty();

        JobId job = service.addAndHint(MAIL);
        service.leave(first);

        assertThat(second.jobs()).containsExactly(job);
        assertThat(second.outcome().batches().get(0).token()).isEqualTo("token");
    }

    @Test
    void theKeyOfAnotherRequestIsRefused() {
        Request first = service.ask(keyed("token"), WAIT);

        Request other = service.ask(keyed("other"), WAIT);

        assertThat(other.outcome().kind()).isEqualTo(Outcome.Kind.OTHER_REQUEST);
        assertThat(first.waits()).isTrue();
    }

    @Test
    void jobsOfOneWithAKeyWaitForItsRepeat() {
        service.store.holds = true;
        JobId job = service.add(MAIL);
        Request gone = service.ask(keyed("token"), WAIT);
        service.leave(gone);

        service.answer();

        assertThat(service.job(MAIL, job).state()).isEqualTo(JobState.RUNNING);
        assertThat(service.store.settled).isEmpty();
        service.store.holds = false;
        Optional<Outcome> repeat = repeat("token");
        assertThat(repeat.orElseThrow().batches())
                .flatExtracting(Batch::jobs)
                .extracting(found -> found.id())
                .containsExactly(job);
        assertThat(repeat("other").orElseThrow().kind()).isEqualTo(Outcome.Kind.OTHER_REQUEST);
    }

    @Test
    void aRepeatInALaterPeriodGetsTheSameJobs() {
        JobId job = service.add(MAIL);
        service.ask(keyed("token~1"), WAIT);

        Optional<Outcome> repeat = repeat("token");

        assertThat(repeat.orElseThrow().batches()).hasSize(1).allSatisfy(batch -> {
            assertThat(batch.token()).isEqualTo("token~1");
            assertThat(batch.jobs()).extracting(found -> found.id()).containsExactly(job);
        });
    }

    /** What it got is over, and under its key it gets nothing else: to ask for that over and over helps nobody. */
    @Test
    void oneWithAKeyThatWasServedBeforeIsAnsweredSoon() {
        JobId served = service.add(MAIL);
        service.ask(keyed("token"), WAIT);
        service.store
                .settle(MAIL, List.of(new Settlement.Complete(new Lease(served, "token"), Optional.empty())))
                .await()
                .atMost(SOON);
        service.add(MAIL);

        Request again = service.ask(keyed("token"), WAIT);

        assertThat(again.jobs()).isEmpty();
        assertThat(service.store.claims).hasSizeLessThan(25);
    }

    /** It does not repeat what it was answered, so nobody would run them before their lease is over. */
    @Test
    void oneWithAKeyThatIsAnsweredLeavesNoJobsBehind() {
        service.store.holds = true;
        Request atOnce = service.ask(keyed("token"), NOT);
        JobId job = service.addAndHint(MAIL);
        service.answer();
        service.answer();

        assertThat(atOnce.jobs()).isEmpty();
        assertThat(service.store.claims).hasSize(1);
        assertThat(service.job(MAIL, job).state()).isEqualTo(JobState.READY);
        assertNothingIsLeft();
    }

    /** Claims of one key bring the same jobs: those of the second would be given back while the worker runs them. */
    @Test
    void aSlowClaimUnderAKeyIsNotMadeTwice() {
        service.add(MAIL);
        JobId job = service.add(MAIL);
        service.add(MAIL);
        assertThat(service.ask(WAIT, MAIL).jobs()).as("more are left").hasSize(1);
        service.store.holds = true;

        Request request = service.ask(keyed("token"), WAIT);
        service.advance(Duration.ofMillis(300));
        service.answer();
        service.answer();

        assertThat(request.jobs()).containsExactly(job);
        assertThat(service.store.claims).hasSize(2);
        assertThat(service.store.settled).isEmpty();
        assertThat(service.job(MAIL, job).state()).isEqualTo(JobState.RUNNING);
    }

    /** It is answered without them, so it is not repeated. */
    @Test
    void jobsThatOneWithAKeyHasNoRoomForGoBack() {
        service.store.holds = true;
        service.add(MAIL);
        service.add(IMAGES);
        service.add(IMAGES);
        Ask ask = new Ask(
                "w",
                List.of(MAIL, IMAGES),
                WaitersUnderTest.handlers("resize"),
                2,
                LEASE,
                new Ask.Name("key", "token"));
        Request request = service.ask(ask, WAIT);
        // A slow claim keeps it from no other queue.
        service.advance(Duration.ofMillis(300));

        service.answer();

        assertThat(request.jobs()).hasSize(2);
        service.advance(SOON);
        assertThat(service.store.settled).hasSize(1);
    }

    @Test
    void jobsThatCameTooLateForOneWithAKeyGoBack() {
        service.store.holds = true;
        JobId job = service.add(MAIL);
        Request request = service.ask(keyed("token"), WAIT);
        service.waiters.stop();
        service.loop.turn();

        service.answer();

        assertThat(request.outcome().kind()).isEqualTo(Outcome.Kind.STOPPING);
        assertThat(service.isReadyUncounted(MAIL, job)).isTrue();
    }

    @Test
    void namesOfClaimsAreUsedAgain() {
        for (int i = 0; i < 100; i++) {
            service.add(MAIL);
            service.ask(WAIT, MAIL);
        }

        assertThat(service.store.claims.stream().map(ClaimRequest::claimant).distinct())
                .hasSize(1);
        assertThat(service.store.claims.stream().map(ClaimRequest::token).distinct())
                .hasSize(100);
    }

    @Test
    void aKeyThatIsUsedAgainHasAnotherTokenByTheClockOfTheStore() {
        Repeats repeats = new Repeats(service.store, queue -> Uni.createFrom().item(farAway), QueuePlaces.SINGLE);
        Ask before = repeats.look(keyed("token")).await().atMost(SOON).ask();
        farAway = farAway.plus(LEASE);
        Ask again = repeats.look(keyed("token")).await().atMost(SOON).ask();

        assertThat(again.name().token()).isNotEqualTo(before.name().token());
        farAway = farAway.minus(LEASE);
        assertThat(repeats.look(keyed("token")).await().atMost(SOON).ask()).isEqualTo(before);
    }

    /** As another instance finds what an earlier request got. */
    private Optional<Outcome> repeat(String token) {
        Repeats repeats = new Repeats(service.store, queue -> Uni.createFrom().item(farAway), QueuePlaces.SINGLE);
        return repeats.look(keyed(token)).flatMap(repeats::repeat).await().atMost(SOON);
    }

    private static Ask keyed(String token) {
        return new Ask(
                "w", List.of(MAIL), WaitersUnderTest.handlers("resize"), 1, LEASE, new Ask.Name("key-claimant", token));
    }

    private List<Request> waiting(int count) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(service.ask("w" + i, 1, WAIT, MAIL));
        }
        assertThat(requests).allMatch(Request::waits);
        return requests;
    }

    private void assertNothingIsLeft() {
        assertThat(service.waiters.count()).isZero();
        assertThat(service.waiters.lines()).isZero();
    }
}
