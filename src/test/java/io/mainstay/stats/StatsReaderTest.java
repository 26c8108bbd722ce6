package io.mainstay.stats;

import static io.mainstay.stats.SomeCounts.enqueued;
import static io.mainstay.stats.SomeCounts.entry;
import static io.mainstay.stats.SomeCounts.series;
import static io.mainstay.stats.SomeCounts.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.TestClock;
import io.mainstay.security.QueuePatterns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatsReaderTest {

    private static final QueuePatterns MAIL = new QueuePatterns(List.of("mail*"));
    private static final int MOST = 200;

    private final TestClock clock = new TestClock();
    private final InMemoryStatsStore store = new InMemoryStatsStore(clock);
    private final StatsReader reader = new StatsReader(store);

    @BeforeEach
    void fill() {
        clock.advance(Duration.ofMinutes(3));
        add(
                1,
                false,
                total(enqueued(111)),
                entry(series("mail", "send"), enqueued(1)),
                entry(series("mail-bulk", "send"), enqueued(10)),
                entry(series("images", "resize"), enqueued(100)));
        clock.advance(Duration.ofMinutes(1));
        add(2, false, total(enqueued(1000)), entry(series("mail", "check"), enqueued(1000)));
    }

    @Test
    void whoMaySeeAllGetsTheTotal() {
        assertThat(sum(QueuePatterns.ALL, null, null)).isEqualTo(1111);
    }

    @Test
    void othersGetTheSumOfWhatTheyMaySee() {
        assertThat(sum(MAIL, null, null)).isEqualTo(1011);
        assertThat(sum(MAIL, "images", null)).isZero();
        assertThat(sum(MAIL, null, "resize")).isZero();
        assertThat(sum(new QueuePatterns(List.of("x")), null, null)).isZero();
    }

    @Test
    void queueAndHandlerChoose() {
        assertThat(sum(QueuePatterns.ALL, "mail", null)).isEqualTo(1001);
        assertThat(sum(QueuePatterns.ALL, null, "send")).isEqualTo(11);
        assertThat(sum(QueuePatterns.ALL, "mail", "send")).isEqualTo(1);
        assertThat(sum(QueuePatterns.ALL, "nobody", null)).isZero();
    }

    @Test
    void figuresAreToldApart() {
        assertThat(groups(QueuePatterns.ALL, "queue"))
                .isEqualTo(Map.of("mail", 1001L, "mail-bulk", 10L, "images", 100L));
        assertThat(groups(QueuePatterns.ALL, "handler")).isEqualTo(Map.of("send", 11L, "check", 1000L, "resize", 100L));
        assertThat(groups(MAIL, "handler")).isEqualTo(Map.of("send", 11L, "check", 1000L));
    }

    @Test
    void itIsSaidWhenSomethingMayBeMissing() {
        assertThat(read(QueuePatterns.ALL, null, null, "queue").partial()).isFalse();
        add(3, true, total(enqueued(1)));

        assertThat(read(QueuePatterns.ALL, null, null, null).partial()).isFalse();
        assertThat(read(QueuePatterns.ALL, null, null, "queue").partial()).isTrue();
        assertThat(read(QueuePatterns.ALL, "mail", null, null).partial()).isTrue();
        assertThat(read(MAIL, null, null, null).partial()).isTrue();
    }

    @Test
    void oneAnswerReadsABoundedNumberOfSeries() {
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMinutes(30));
            List<StatsBatch.Entry> entries = new ArrayList<>();
            for (int j = 0; j < MOST; j++) {
                entries.add(entry(series("q" + j, "x"), enqueued(1)));
            }
            add(10 + i, false, entries.toArray(StatsBatch.Entry[]::new));
        }

        StatsSums sums = read(new QueuePatterns(List.of("q*")), null, null, null);
        assertThat(sums.places()).hasSizeLessThanOrEqualTo(StatsSums.MOST_PLACES);
        assertThat(sums.places().size()).isGreaterThan(2000);
    }

    private void add(long number, boolean partial, StatsBatch.Entry... entries) {
        store.add(new StatsBatch("sender", number, partial, List.of(entries)), MOST)
                .await()
                .indefinitely();
    }

    private long sum(QueuePatterns visible, String queue, String handler) {
        return read(visible, queue, handler, null).points().values().stream()
                .mapToLong(counts -> counts.get(Measure.ENQUEUED))
                .sum();
    }

    private Map<String, Long> groups(QueuePatterns visible, String by) {
        Map<String, Long> groups = new HashMap<>();
        read(visible, null, null, by)
                .groups()
                .forEach((name, counts) -> groups.put(name, counts.get(Measure.ENQUEUED)));
        return groups;
    }

    private StatsSums read(QueuePatterns visible, String queue, String handler, String by) {
        StatsQuery query = StatsQuery.of(
                new StatsQuery.Text(queue, handler, "PT6H", null, "PT1M", by),
                clock.instant().plusMillis(1));
        return reader.read(query, visible).await().indefinitely();
    }
}
