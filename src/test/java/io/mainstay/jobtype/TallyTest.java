package io.mainstay.jobtype;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.jobtype.HandlerStore.Counted;
import io.mainstay.jobtype.HandlerStore.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final HoldPolicy AFTER_3 = new HoldPolicy(3, Duration.ofMinutes(5));
    private static final Instant BEGAN = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant ENDED = BEGAN.plusSeconds(1);

    private long now = Duration.ofDays(1).toNanos();
    private final Tally tally = new Tally(new HandlerName("mail"), now);

    @Test
    void asManyFailuresAsThePolicySaysAreDoubtful() {
        assertThat(tally.failed(AFTER_3, now)).isFalse();
        assertThat(tally.failed(AFTER_3, now)).isFalse();
        assertThat(tally.failed(AFTER_3, now)).isTrue();
    }

    @Test
    void failuresOfAllInstancesCount() {
        tally.failed(AFTER_3, now);
        answer(2, Duration.ZERO);

        assertThat(tally.failed(AFTER_3, now)).isTrue();
    }

    @Test
    void failuresCountBeforeTheyAreSettledAndOnce() {
        assertThat(tally.failing(AFTER_3, now)).isFalse();
        assertThat(tally.failing(AFTER_3, now)).isFalse();
        assertThat(tally.failed(AFTER_3, now)).isFalse();
        assertThat(tally.failing(AFTER_3, now)).isTrue();
        tally.refused();

        assertThat(tally.doubtful(AFTER_3, now)).isFalse();
        assertThat(tally.outcomes().failed()).isEqualTo(1);
    }

    @Test
    void failuresThatAreNeverSettledCountNoLonger() {
        for (int i = 0; i < 3; i++) {
            tally.failing(AFTER_3, now);
        }

        assertThat(tally.doubtful(AFTER_3, now)).isTrue();
        assertThat(tally.doubtful(AFTER_3, now + Duration.ofMinutes(1).toNanos()))
                .isFalse();
    }

    @Test
    void nothingIsDoubtfulForAWindowAfterASuccess() {
        tally.failed(AFTER_3, now);
        tally.succeeded(AFTER_3, BEGAN, ENDED, false, now);
        for (int i = 0; i < 10; i++) {
            assertThat(tally.failed(AFTER_3, now)).isFalse();
        }

        now += AFTER_3.window().toNanos();

        assertThat(tally.failed(AFTER_3, now)).isTrue();
    }

    @Test
    void whatTheStoreSaysOfSuccessesCountsMore() {
        answer(0, Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            assertThat(tally.failed(AFTER_3, now)).isFalse();
        }
        answer(2, Duration.ZERO);
        tally.failed(AFTER_3, now);

        assertThat(tally.doubtful(AFTER_3, now)).isTrue();
    }

    @Test
    void whatTheStoreDoesNotHoldIsNotDoubtfulForAWhile() {
        answer(3, Duration.ZERO);

        assertThat(tally.failed(AFTER_3, now)).isFalse();
        assertThat(tally.failed(AFTER_3, now + Duration.ofSeconds(6).toNanos())).isTrue();
    }

    @Test
    void failuresBeforeASuccessAreNotTold() {
        tally.failed(AFTER_3, now);
        tally.failed(AFTER_3, now);
        assertThat(tally.succeeded(AFTER_3, BEGAN, ENDED, false, now)).isTrue();
        tally.failed(AFTER_3, now);

        assertThat(tally.outcomes())
                .isEqualTo(new Outcomes(new HandlerName("mail"), 2, 3, Optional.of(ENDED), Optional.of(BEGAN)));
        answer(1, Duration.ofMinutes(5));
        assertThat(tally.hasNews()).isFalse();
        assertThat(tally.outcomes())
                .isEqualTo(new Outcomes(new HandlerName("mail"), 3, 3, Optional.empty(), Optional.empty()));
    }

    @Test
    void successesAreToldNowAndThenUnlessItIsHeld() {
        assertThat(tally.succeeded(AFTER_3, BEGAN, ENDED, false, now)).isTrue();
        answer(0, Duration.ofMinutes(5));
        now += Duration.ofSeconds(5).toNanos();
        assertThat(tally.succeeded(AFTER_3, BEGAN, ENDED, false, now)).isFalse();
        assertThat(tally.succeeded(AFTER_3, BEGAN, ENDED, true, now)).isTrue();
        now += Duration.ofSeconds(6).toNanos();
        assertThat(tally.succeeded(AFTER_3, BEGAN, ENDED, false, now)).isTrue();
    }

    @Test
    void nothingWaitsForAStoreThatDoesNotAnswer() {
        for (int i = 0; i < 3; i++) {
            tally.failed(AFTER_3, now);
        }
        tally.unanswered(Duration.ofSeconds(4), now);

        assertThat(tally.doubtful(AFTER_3, now)).isFalse();
        assertThat(tally.hasNews()).isTrue();
        assertThat(tally.doubtful(AFTER_3, now + Duration.ofSeconds(5).toNanos()))
                .isTrue();
    }

    private void answer(int failed, Duration quiet) {
        tally.counted(AFTER_3, tally.outcomes(), new Counted(failed, quiet, Optional.empty()), now);
    }
}
