package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.pubsub.SubscriptionHealth.Verdict;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Times in tenths of an interval; the clock starts just before it overflows. */
class SubscriptionHealthTest {

    private static final long START = Long.MAX_VALUE - 1;

    private final SubscriptionHealth canary = new SubscriptionHealth(Duration.ofSeconds(1), START);

    @Test
    void nothingIsBelievedBeforeTheFirstIsBack() {
        assertThat(canary.judge(at(1))).isEqualTo(Verdict.UNPROVEN);

        canary.back(1, at(2));
        assertThat(canary.judge(at(3))).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void subscriptionIsStableWhenItWasProvenAndLastedForASecond() {
        assertThat(canary.stable(at(20))).isFalse();

        canary.back(1, at(2));
        assertThat(canary.stable(at(9))).isFalse();
        assertThat(canary.stable(at(10))).isTrue();
    }

    @Test
    void proofIsTooOldAfterOneIntervalAndAHalf() {
        canary.back(1, at(0));

        assertThat(canary.judge(at(14))).isEqualTo(Verdict.PROVEN);
        assertThat(canary.judge(at(15))).isEqualTo(Verdict.LATE);
    }

    @Test
    void silenceIsBlamedAfterTwoIntervalsAndAHalfIfRedisTookACanary() {
        canary.back(1, at(0));
        canary.acknowledged(2, at(10));

        assertThat(canary.judge(at(24))).isEqualTo(Verdict.LATE);
        assertThat(canary.judge(at(25))).isEqualTo(Verdict.LOST);
    }

    @Test
    void silenceIsNotBlamedWhileNothingCouldBePublished() {
        canary.back(1, at(0));
        assertThat(canary.judge(at(1000))).isEqualTo(Verdict.LATE);

        canary.acknowledged(2, at(1000));
        assertThat(canary.judge(at(1004))).isEqualTo(Verdict.LATE);
        assertThat(canary.judge(at(1005))).isEqualTo(Verdict.LOST);
    }

    @Test
    void acknowledgementThatComesAfterTheCanaryOwesNothing() {
        canary.back(7, at(0));
        canary.acknowledged(7, at(1));

        assertThat(canary.judge(at(1000))).isEqualTo(Verdict.LATE);
    }

    @Test
    void anyCanaryThatComesBackIsAProof() {
        canary.acknowledged(2, at(1));
        canary.back(1, at(20));

        assertThat(canary.judge(at(34))).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void doubtEndsWithTheNextCanaryThatIsBack() {
        canary.back(1, at(0));

        assertThat(canary.doubt(at(1))).isTrue();
        assertThat(canary.doubt(at(2))).isFalse();
        assertThat(canary.judge(at(2))).isEqualTo(Verdict.LATE);

        canary.back(2, at(3));
        assertThat(canary.judge(at(4))).isEqualTo(Verdict.PROVEN);
        assertThat(canary.doubt(at(5))).isTrue();
    }

    @Test
    void doubtAsksForOneEchoAtOnce() {
        canary.back(1, at(0));
        canary.heard(at(0));
        canary.doubt(at(1));

        assertThat(canary.askForEcho(at(1))).isTrue();
        assertThat(canary.judge(at(8))).isEqualTo(Verdict.LATE);
        assertThat(canary.judge(at(9))).isEqualTo(Verdict.NO_ECHO);

        canary.heard(at(2));
        assertThat(canary.askForEcho(at(3))).isFalse();
        assertThat(canary.judge(at(9))).isEqualTo(Verdict.LATE);
    }

    @Test
    void connectionThatOwesAnEchoIsBlamedWhateverCouldBePublished() {
        canary.back(1, at(0));
        assertThat(canary.askForEcho(at(11))).isFalse();
        assertThat(canary.askForEcho(at(12))).isTrue();
        assertThat(canary.askForEcho(at(15))).isFalse();

        assertThat(canary.judge(at(19))).isNotEqualTo(Verdict.NO_ECHO);
        assertThat(canary.judge(at(20))).isEqualTo(Verdict.NO_ECHO);
    }

    @Test
    void whateverComesInIsAnEcho() {
        canary.askForEcho(at(12));
        canary.heard(at(19));
        canary.back(1, at(19));

        assertThat(canary.judge(at(20))).isEqualTo(Verdict.PROVEN);
        assertThat(canary.askForEcho(at(30))).isFalse();
        assertThat(canary.askForEcho(at(31))).isTrue();
    }

    @Test
    void travelIsCountedFromTheLatestSending() {
        canary.sent(at(10));

        assertThat(canary.back(1, at(12))).isEqualTo(Duration.ofMillis(200));
    }

    private static long at(int tenths) {
        return START + TimeUnit.MILLISECONDS.toNanos(100L * tenths);
    }
}
