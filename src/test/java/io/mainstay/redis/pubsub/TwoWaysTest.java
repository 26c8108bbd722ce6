package io.mainstay.redis.pubsub;

import static io.mainstay.redis.pubsub.TwoWays.Way.BUS;
import static io.mainstay.redis.pubsub.TwoWays.Way.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TwoWaysTest {

    private final TwoWays ways = new TwoWays();
    private long now = 1;

    @ParameterizedTest
    @EnumSource
    void firstOfTwoCounts(TwoWays.Way first) {
        assertThat(isFirst("a", first)).isTrue();
        assertThat(isFirst("a", other(first))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void eachOfSeveralCountsOnce(TwoWays.Way first) {
        assertThat(IntStream.range(0, 5).allMatch(i -> isFirst("a", first))).isTrue();
        assertThat(IntStream.range(0, 5).noneMatch(i -> isFirst("a", other(first))))
                .isTrue();
        assertThat(isFirst("a", other(first))).isTrue();
        assertThat(isFirst("a", first)).isFalse();
    }

    @Test
    void othersDoNotMatter() {
        assertThat(isFirst("a", DIRECT)).isTrue();
        assertThat(isFirst("b", BUS)).isTrue();
        assertThat(isFirst("a", BUS)).isFalse();
    }

    @Test
    void oneThatWasLostByTheOtherWayIsForgotten() {
        assertThat(isFirst("a", DIRECT)).isTrue();
        now += TwoWays.LATE_NANOS + 1;
        assertThat(isFirst("a", BUS)).isTrue();
        assertThat(isFirst("a", DIRECT)).isFalse();
    }

    @Test
    void onlyThoseThatWereLostAreForgotten() {
        assertThat(isFirst("a", DIRECT)).isTrue();
        now += TwoWays.LATE_NANOS - 1;
        assertThat(isFirst("a", DIRECT)).isTrue();
        now += 2;
        assertThat(isFirst("a", BUS)).isFalse();
        assertThat(isFirst("a", BUS)).isTrue();
    }

    @Test
    void whatIsWaitedForHasABound() {
        IntStream.range(0, 3 * TwoWays.MOST).forEach(i -> isFirst("lost-" + i, BUS));
        assertThat(ways.size()).isLessThanOrEqualTo(TwoWays.MOST);
        assertThat(isFirst("a", BUS)).isTrue();
        assertThat(isFirst("a", DIRECT)).isFalse();
    }

    @Test
    void longOnesCountTwice() {
        String longest = "x".repeat(TwoWays.LONGEST);
        assertThat(isFirst(longest + "x", DIRECT)).isTrue();
        assertThat(isFirst(longest + "x", BUS)).isTrue();
        assertThat(isFirst(longest, DIRECT)).isTrue();
        assertThat(isFirst(longest, BUS)).isFalse();
    }

    private boolean isFirst(String text, TwoWays.Way way) {
        return ways.isFirst(text, way, now);
    }

    private static TwoWays.Way other(TwoWays.Way way) {
        return way == DIRECT ? BUS : DIRECT;
    }
}
