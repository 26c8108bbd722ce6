package io.mainstay.redis.pubsub;

import static io.mainstay.redis.pubsub.DuplicateFilter.Path.BUS;
import static io.mainstay.redis.pubsub.DuplicateFilter.Path.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DuplicateFilterTest {

    private final DuplicateFilter filter = new DuplicateFilter();
    private long now = 1;

    @ParameterizedTest
    @EnumSource
    void firstOfTwoCounts(DuplicateFilter.Path first) {
        assertThat(isFirst("a", first)).isTrue();
        assertThat(isFirst("a", other(first))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void eachOfSeveralCountsOnce(DuplicateFilter.Path first) {
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
    void oneThatWasLostOnTheOtherPathIsForgotten() {
        assertThat(isFirst("a", DIRECT)).isTrue();
        now += DuplicateFilter.LATE_NANOS + 1;
        assertThat(isFirst("a", BUS)).isTrue();
        assertThat(isFirst("a", DIRECT)).isFalse();
    }

    @Test
    void onlyThoseThatWereLostAreForgotten() {
        assertThat(isFirst("a", DIRECT)).isTrue();
        now += DuplicateFilter.LATE_NANOS - 1;
        assertThat(isFirst("a", DIRECT)).isTrue();
        now += 2;
        assertThat(isFirst("a", BUS)).isFalse();
        assertThat(isFirst("a", BUS)).isTrue();
    }

    @Test
    void whatIsExpectedHasABound() {
        IntStream.range(0, 3 * DuplicateFilter.MOST).forEach(i -> isFirst("lost-" + i, BUS));
        assertThat(filter.size()).isLessThanOrEqualTo(DuplicateFilter.MOST);
        assertThat(isFirst("a", BUS)).isTrue();
        assertThat(isFirst("a", DIRECT)).isFalse();
    }

    @Test
    void copiesOfOneTextHaveABound() {
        int more = DuplicateFilter.MOST_OF_A_TEXT + 10;
        assertThat(IntStream.range(0, more).allMatch(i -> isFirst("a", DIRECT))).isTrue();
        assertThat(IntStream.range(0, DuplicateFilter.MOST_OF_A_TEXT).noneMatch(i -> isFirst("a", BUS)))
                .isTrue();
        assertThat(isFirst("a", BUS)).isTrue();
    }

    @Test
    void longOnesCountTwice() {
        String longest = "x".repeat(DuplicateFilter.LONGEST);
        assertThat(isFirst(longest + "x", DIRECT)).isTrue();
        assertThat(isFirst(longest + "x", BUS)).isTrue();
        assertThat(isFirst(longest, DIRECT)).isTrue();
        assertThat(isFirst(longest, BUS)).isFalse();
    }

    private boolean isFirst(String text, DuplicateFilter.Path path) {
        return filter.isFirst(text, path, now);
    }

    private static DuplicateFilter.Path other(DuplicateFilter.Path path) {
        return path == DIRECT ? BUS : DIRECT;
    }
}
