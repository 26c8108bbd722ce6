package io.mainstay.http.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final int LIMIT = 3;
    private static final long PAUSE = 100;
    private static final long LONGEST = 350;

    private final Breaker breaker = new Breaker(LIMIT, PAUSE, LONGEST);

    @Test
    void opensAfterSoManyFailuresInARowAndNotBefore() {
        fail(LIMIT - 1);
        breaker.succeeded();
        fail(LIMIT - 1);
        assertThat(breaker.admits(0)).isTrue();

        assertThat(breaker.failed(breaker.begin(), 0)).isTrue();

        assertThat(breaker.admits(PAUSE - 1)).isFalse();
        assertThat(breaker.admits(PAUSE)).isTrue();
    }

    @Test
    void letsOneProbeThroughWhoseSuccessClosesIt() {
        fail(LIMIT);

        assertThat(breaker.begin()).isTrue();
        assertThat(breaker.admits(PAUSE)).isFalse();
        breaker.succeeded();

        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.begin()).isFalse();
        fail(LIMIT - 1);
        assertThat(breaker.admits(PAUSE)).isTrue();
    }

    @Test
    void aProbeThatFailsDoublesThePauseUpToTheLongest() {
        fail(LIMIT);
        long now = 0;
        for (long pause : new long[] {PAUSE, 2 * PAUSE, LONGEST, LONGEST}) {
            assertThat(breaker.admits(now + pause - 1)).isFalse();
            now += pause;
            assertThat(breaker.admits(now)).isTrue();
            breaker.failed(breaker.begin(), now);
        }
    }

    @Test
    void whatWasUnderWayWhenItOpenedDoesNotHoldItOpen() {
        boolean early = breaker.begin();
        fail(LIMIT);
        boolean probe = breaker.begin();

        breaker.failed(early, PAUSE);

        assertThat(probe).isTrue();
        assertThat(breaker.openUntil()).isEqualTo(PAUSE);
    }

    @Test
    void aProbeThatIsGivenUpMakesRoomForAnother() {
        fail(LIMIT);
        breaker.abandoned(breaker.begin());

        assertThat(breaker.admits(PAUSE)).isTrue();
    }

    @Test
    void withoutALimitItNeverOpens() {
        Breaker patient = new Breaker(0, PAUSE, LONGEST);
        for (int i = 0; i < 1000; i++) {
            patient.failed(patient.begin(), 0);
        }
        assertThat(patient.admits(0)).isTrue();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(breaker.begin(), 0);
        }
    }
}
