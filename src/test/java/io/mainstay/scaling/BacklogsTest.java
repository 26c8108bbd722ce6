package io.mainstay.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BacklogsTest {

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final Backlogs backlogs = new Backlogs(nanos::get);

    @Test
    void changeIsThatOfTheLatestTenSecondsOrMore() {
        read(500);
        pass(5);
        read(1000);
        pass(10);
        read(700);

        assertThat(change(700)).isEqualTo(-30);
    }

    @Test
    void nothingIsSaidOfWhatWasNotReadTenToTwentySecondsAgo() {
        assertThat(change(700)).isZero();
        read(1000);
        pass(9);
        assertThat(change(700)).isZero();
        pass(12);
        assertThat(change(700)).isZero();
    }

    @Test
    void queueThatWasNotThereHasNoChange() {
        backlogs.add(List.of());
        pass(12);

        assertThat(change(700)).isZero();
    }

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void read(long waiting) {
        backlogs.add(List.of(load(waiting)));
    }

    private double change(long waiting) {
        return backlogs.perSecond(load(waiting));
    }

    private static QueueLoad load(long waiting) {
        return new QueueLoad(new QueueName("q"), false, waiting, 0, 0, QueueLoad.Sample.NONE);
    }
}
