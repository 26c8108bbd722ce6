package io.mainstay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeHistogramTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 0",
        "0, 0",
        "1, 1",
        "2, 2",
        "3, 2",
        "4, 3",
        "1023, 10",
        "1024, 11",
        "65536, 17",
        "131071, 17",
        "131072, 18",
        "524287, 18",
        "524288, 19",
        "134217727, 22",
        "134217728, 23",
        "9223372036854775807, 23"
    })
    void aTimeHasItsBucket(long ms, int bucket) {
        assertThat(TimeHistogram.bucket(ms)).isEqualTo(bucket);
    }

    /** Within the bucket that the true one is in, so right to its width. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void percentilesAreNearTheTrueOnes(long seed) {
        Random random = new Random(seed);
        long[] times = random.longs(1 + random.nextInt(500), 0, 1L << 1 + random.nextInt(27))
                .sorted()
                .toArray();
        long[] numbers = new long[TimeHistogram.BUCKETS];
        Arrays.stream(times).forEach(ms -> numbers[TimeHistogram.bucket(ms)]++);

        for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            long exact = times[(int) Math.ceil(share * times.length) - 1];
            double found = TimeHistogram.percentile(numbers, 0, share).orElseThrow();
            double factor = exact < 1 << 17 ? 2 : 4;
            assertThat(found).as("seed %d, share %s", seed, share).isBetween(exact / factor, exact * factor + 1);
        }
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(TimeHistogram.percentile(new long[TimeHistogram.BUCKETS], 0, 0.5))
                .isEmpty();
    }

    @Test
    void whatIsBeyondAllIsTheLeastThatIs() {
        long[] numbers = new long[TimeHistogram.BUCKETS];
        numbers[TimeHistogram.BUCKETS - 1] = 3;

        assertThat(TimeHistogram.percentile(numbers, 0, 0.5)).hasValue(134_217_728);
    }
}
