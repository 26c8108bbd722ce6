package io.mainstay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.TestClock;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted reaches the store once, whatever becomes of answers. */
class StatsSenderTest {

    private static final HandlerName HANDLER = new HandlerName("send");
    private static final int MOST = 200;

    private final CountedSeries counted = new CountedSeries();
    private final InMemoryStatsStore kept = new InMemoryStatsStore(new TestClock());
    private final List<StatsBatch> sent = new ArrayList<>();
    private final StatsSender sender = new StatsSender(counted, new LossyStore(), "sender", MOST);
    private boolean answers = true;

    /** Adds what comes; its answers get lost when the test says so. */
    private final class LossyStore implements StatsStore {
        @Override
        public Uni<Void> add(StatsBatch batch, int most) {
            sent.add(batch);
            Uni<Void> added = kept.add(batch, most);
            return answers ? added : added.onItem().failWith(() -> new StoreUnavailableException("lost", null));
        }

        @Override
        public Uni<List<ChunkSeries>> series(Resolution resolution, List<Long> chunks) {
            return kept.series(resolution, chunks);
        }

        @Override
        public Uni<Void> read(Resolution resolution, List<Place> places, Visitor visitor) {
            return kept.read(resolution, places, visitor);
        }
    }

    @Test
    void whereNothingHappensNothingIsSent() {
        send();
        count("mail");
        send();
        send();
        send();

        assertThat(sent).hasSize(1);
    }

    @Test
    void whatWasNotAnsweredIsSentAgainAsItWasAndCountsOnce() {
        count("mail");
        answers = false;
        assertThatThrownBy(this::send).isInstanceOf(StoreUnavailableException.class);
        count("mail");
        answers = true;
        send();
        send();

        assertThat(sent).hasSize(3);
        assertThat(sent.get(1)).isSameAs(sent.get(0));
        assertThat(total()).isEqualTo(SomeCounts.enqueued(2));
    }

    @Test
    void manySeriesGoInPartsTheBusiestFirst() {
        IntStream.range(0, 300).forEach(i -> count("q" + i));
        IntStream.range(0, 9).forEach(i -> count("busy"));
        send();

        assertThat(sent).hasSize(11);
        assertThat(sent.subList(0, 10)).allMatch(batch -> batch.entries().size() == StatsBatch.MOST);
        assertThat(sent.get(10).entries()).hasSize(1);
        assertThat(sent).extracting(StatsBatch::number).startsWith(1L, 2L).endsWith(11L);
        assertThat(sent).allMatch(StatsBatch::partial);
        assertThat(sent.get(0).entries().get(1).series()).hasValue(SomeCounts.series("busy", "send"));
        assertThat(total()).isEqualTo(SomeCounts.enqueued(309));
    }

    private void count(String queue) {
        counted.of(new QueueName(queue), HANDLER).count(Measure.ENQUEUED);
    }

    private void send() {
        sender.send().await().indefinitely();
    }

    private JobCounts total() {
        JobCounts total = new JobCounts();
        Resolution resolution = Resolution.HOURS;
        long chunk = resolution.chunk(resolution.point(new TestClock().millis()));
        List<StatsStore.Place> places = List.of(new StatsStore.Place(chunk, StatsStore.TOTAL));
        kept.read(resolution, places, (place, point, counts) -> total.add(counts))
                .await()
                .indefinitely();
        return total;
    }
}
