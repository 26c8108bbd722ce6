package io.mainstay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountedSeriesTest {

    private static final QueueName QUEUE = new QueueName("mail");
    private static final HandlerName HANDLER = new HandlerName("send");

    private final CountedSeries counted = new CountedSeries();

    @Test
    void whatIsTakenIsCountedOnce() {
        counted.of(QUEUE, HANDLER).count(Measure.ENQUEUED);
        counted.of(QUEUE.partition(4, 1).inSecondStore(), HANDLER).count(Measure.ENQUEUED);

        assertThat(counted.take().series()).isEqualTo(Map.of(new Series(QUEUE, HANDLER), SomeCounts.enqueued(2)));
        assertThat(counted.take().series()).isEmpty();
    }

    @Test
    void whatIsCountedWhileASeriesIsStruckOffIsNotLost() {
        LiveCounts held = counted.of(QUEUE, HANDLER);
        held.count(Measure.ENQUEUED);
        counted.take();
        counted.take();
        held.count(Measure.ENQUEUED);
        counted.of(QUEUE, HANDLER).count(Measure.ENQUEUED);

        assertThat(counted.of(QUEUE, HANDLER)).isNotSameAs(held);
        assertThat(counted.take().series()).isEqualTo(Map.of(new Series(QUEUE, HANDLER), SomeCounts.enqueued(2)));
    }

    @Test
    void seriesBeyondTheBoundAreCountedTogether() {
        for (int i = 0; i < CountedSeries.MOST + 5; i++) {
            counted.of(new QueueName("q" + i), HANDLER).count(Measure.ENQUEUED);
        }

        CountedSeries.Taken taken = counted.take();
        assertThat(taken.series()).hasSize(CountedSeries.MOST);
        assertThat(taken.others()).isEqualTo(SomeCounts.enqueued(5));
        counted.take();
        counted.of(QUEUE, HANDLER).count(Measure.ENQUEUED);
        assertThat(counted.take().series()).containsOnlyKeys(new Series(QUEUE, HANDLER));
    }
}
