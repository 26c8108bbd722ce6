package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.Configured;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times in tenths of a command time-out. */
class RoleTurnsTest {

    private int places = 1;
    private final LinkLimits limits = new LinkLimits(Configured.redis(Map.of()), Configured.lease(Map.of()));
    private final RoleTurns turns = new RoleTurns(limits, () -> places);
    private long start;

    @BeforeEach
    void begin() {
        start = System.nanoTime();
    }

    @Test
    void oneLinkAsksEveryTimeout() {
        assertThat(turns.isMine(at(8), at(0))).isFalse();
        assertThat(turns.isMine(at(11), at(0))).isTrue();
        assertThat(turns.isMine(at(12), at(0))).as("another one").isFalse();
        assertThat(turns.isMine(at(22), at(0))).isTrue();
    }

    @Test
    void linkThatAskedJustNowLeavesTheTurnToAnother() {
        turns.join();
        turns.join();
        assertThat(turns.isMine(at(11), at(0))).isFalse();
        assertThat(turns.isMine(at(11), at(-5))).isTrue();
        turns.leave();
        assertThat(turns.isMine(at(22), at(11))).isTrue();
    }

    @Test
    void eachAsksAfterAFewRounds() {
        assertThat(turns.isMine(at(80), at(0))).isTrue();
        assertThat(turns.isMine(at(81), at(0))).isTrue();
        assertThat(turns.isMine(at(82), at(10))).isFalse();
    }

    @Test
    void allAskWhenOneIsSuspect() {
        assertThat(turns.isMine(at(11), at(0))).isTrue();
        turns.alarm(at(15));

        assertThat(turns.isMine(at(16), at(0))).isTrue();
        assertThat(turns.isMine(at(16), at(1))).isTrue();
        assertThat(turns.isMine(at(17), at(16))).as("once").isFalse();
    }

    @Test
    void nodesOfAClusterShareATimeout() {
        places = 3;
        assertThat(turns.isMine(at(29), at(0))).isFalse();
        assertThat(turns.isMine(at(31), at(0))).isTrue();
        places = 100;
        assertThat(turns.isMine(at(70), at(31))).isFalse();
        assertThat(turns.isMine(at(72), at(31))).isTrue();
        turns.alarm(at(73));
        assertThat(turns.isMine(at(74), at(72))).isTrue();
    }

    private long at(int tenths) {
        return start + tenths * limits.silence() / 10;
    }
}
