package io.mainstay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentilesViewTest {

    private static final double MILLIS_PER_SECOND = 1000;
    private static final int TIMES = 100;

    /** Whoever reads one finds the end of its bucket: the next power of two. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 7, 8, 15, 1000, 131_071})
    void percentilesStayInTheirBuckets(long ms) {
        for (int below = 0; below < TIMES; below++) {
            long[] numbers = new long[TimeHistogram.BUCKETS];
            numbers[0] = below;
            numbers[TimeHistogram.bucket(ms)] = TIMES - below;
            PercentilesView view = PercentilesView.of(share -> TimeHistogram.percentile(numbers, 0, share));

            assertThat(bucketOf(view.p50())).isEqualTo(below >= 50 ? 0 : TimeHistogram.bucket(ms));
            assertThat(bucketOf(view.p95())).isEqualTo(below >= 95 ? 0 : TimeHistogram.bucket(ms));
            assertThat(bucketOf(view.p99())).isEqualTo(below >= 99 ? 0 : TimeHistogram.bucket(ms));
        }
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(PercentilesView.of(share -> OptionalDouble.empty())).isNull();
    }

    /** What is at an end is from the bucket before it. */
    private static int bucketOf(double seconds) {
        return TimeHistogram.bucket(Math.round(seconds * MILLIS_PER_SECOND) - 1);
    }
}
