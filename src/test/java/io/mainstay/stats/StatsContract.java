package io.mainstay.stats;

import static io.mainstay.stats.SomeCounts.enqueued;
import static io.mainstay.stats.SomeCounts.entry;
import static io.mainstay.stats.SomeCounts.rising;
import static io.mainstay.stats.SomeCounts.series;
import static io.mainstay.stats.SomeCounts.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.ContractSteps;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of what was counted. */
public interface StatsContract extends ContractSteps {

    Series MAIL = series("mail", "send");
    Series IMAGES = series("images", "resize");

    @ParameterizedTest
    @EnumSource(Resolution.class)
    default void everyNumberIsKeptAtEveryResolution(Resolution resolution) {
        add(1, 10, total(rising(1)), entry(MAIL, rising(1000)));
        add(2, 10, total(rising(0)), entry(MAIL, rising(0)), entry(IMAGES, enqueued(7)));

        Map<String, JobCounts> read = read(resolution);
        assertThat(read.get("")).isEqualTo(sum(rising(1), rising(0)));
        assertThat(read.get(MAIL.text())).isEqualTo(sum(rising(1000), rising(0)));
        assertThat(read.get(IMAGES.text())).isEqualTo(enqueued(7));
        assertThat(partial(resolution)).isFalse();
    }

    @Test
    default void aBatchThatIsSentAgainCountsOnce() {
        add(1, 10, total(enqueued(1)));
        add(1, 10, total(enqueued(1)));
        add(2, 10, total(enqueued(10)), entry(MAIL, enqueued(10)));
        add(2, 10, total(enqueued(10)), entry(MAIL, enqueued(10)));
        add(1, 10, total(enqueued(1)));
        answer(store().stats().add(new StatsBatch("other", 1, false, List.of(total(enqueued(100)))), 10));

        assertThat(read(Resolution.HOURS).get("")).isEqualTo(enqueued(111));
        assertThat(read(Resolution.HOURS).get(MAIL.text())).isEqualTo(enqueued(10));
    }

    @Test
    default void aNumberStaysAtTheLargest() {
        long most = (1L << Resolution.MINUTES.bits()) - 1;
        add(1, 10, total(rising(most - 20)));
        add(2, 10, total(rising(most - 20)));

        long[] largest = new long[JobCounts.NUMBERS];
        Arrays.fill(largest, most);
        assertThat(read(Resolution.TEN_MINUTES).get("")).isEqualTo(new JobCounts(largest));
        assertThat(read(Resolution.HOURS).get("")).isEqualTo(sum(rising(most - 20), rising(most - 20)));
    }

    @Test
    default void theBusiestAreToldApartAndTheRestIsInTheTotal() {
        add(1, 2, total(enqueued(6)), entry(MAIL, enqueued(4)), entry(IMAGES, enqueued(2)));
        add(2, 2, total(enqueued(1)), entry(series("rare", "x"), enqueued(1)));

        Map<String, JobCounts> read = read(Resolution.HOURS);
        assertThat(read).containsOnlyKeys("", MAIL.text(), IMAGES.text());
        assertThat(read.get("")).isEqualTo(enqueued(7));
        assertThat(partial(Resolution.HOURS)).isTrue();
    }

    /** Within a chunk series are not exchanged, so that figures of one are all of its figures. */
    @Test
    default void whoBecomesBusierIsToldApartInTheNextChunk() {
        add(1, 1, total(enqueued(100)), entry(MAIL, enqueued(100)));
        store().step(Duration.ofMinutes(30));
        add(2, 1, total(enqueued(60)), entry(IMAGES, enqueued(60)));
        assertThat(read(Resolution.MINUTES)).containsOnlyKeys("", MAIL.text());
        store().step(Duration.ofMinutes(30));
        add(3, 1, total(enqueued(60)), entry(IMAGES, enqueued(60)));

        assertThat(read(Resolution.MINUTES)).containsOnlyKeys("", MAIL.text(), IMAGES.text());
        assertThat(read(Resolution.MINUTES).get(IMAGES.text())).isEqualTo(enqueued(60));
    }

    @Test
    default void whatWasBusyLongAgoMakesRoom() {
        add(1, 1, total(enqueued(100)), entry(MAIL, enqueued(100)));
        store().step(Duration.ofHours(48));
        add(2, 1, total(enqueued(3)), entry(IMAGES, enqueued(3)));

        assertThat(read(Resolution.HOURS)).containsOnlyKeys("", MAIL.text(), IMAGES.text());
    }

    @Test
    default void withoutSeriesThereIsTheTotal() {
        add(1, 0, true, total(enqueued(100)));

        assertThat(read(Resolution.MINUTES)).containsOnlyKeys("");
        assertThat(partial(Resolution.MINUTES)).isTrue();
    }

    private void add(long number, int most, StatsBatch.Entry... entries) {
        add(number, most, false, entries);
    }

    private void add(long number, int most, boolean partial, StatsBatch.Entry... entries) {
        answer(store().stats().add(new StatsBatch("sender", number, partial, List.of(entries)), most));
    }

    /** Of all chunks around now, by name of the series. */
    private Map<String, JobCounts> read(Resolution resolution) {
        Map<String, JobCounts> sums = new HashMap<>();
        for (long chunk : chunks(resolution)) {
            Map<Integer, String> names = new HashMap<>(Map.of(StatsStore.TOTAL, ""));
            answer(store().stats().series(resolution, List.of(chunk)))
                    .get(0)
                    .series()
                    .forEach((series, place) -> names.put(place, series.text()));
            List<StatsStore.Place> places = names.keySet().stream()
                    .map(place -> new StatsStore.Place(chunk, place))
                    .toList();
            answer(store().stats().read(resolution, places, (place, point, counts) -> sums.computeIfAbsent(
                            names.get(places.get(place).number()), first -> new JobCounts())
                    .add(counts)));
        }
        return sums;
    }

    private boolean partial(Resolution resolution) {
        return chunks(resolution).stream()
                .flatMap(chunk -> answer(store().stats().series(resolution, List.of(chunk))).stream())
                .anyMatch(StatsStore.ChunkSeries::partial);
    }

    private List<Long> chunks(Resolution resolution) {
        long now = resolution.chunk(resolution.point(store().now().toEpochMilli()));
        return List.of(now - 2, now - 1, now);
    }

    private static JobCounts sum(JobCounts one, JobCounts other) {
        JobCounts sum = new JobCounts();
        sum.add(one);
        sum.add(other);
        return sum;
    }
}
