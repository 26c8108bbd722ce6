package io.mainstay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalRateTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final RefusalRate rate = new RefusalRate(now::get);

    @Test
    void aFloodIsCutAndCounted() {
        assertThat(admitted(10_000)).isEqualTo(RefusalRate.BURST);
        assertThat(rate.takeLeftOut()).isEqualTo(10_000 - RefusalRate.BURST);
        assertThat(rate.takeLeftOut()).isZero();

        long total = 0;
        for (int second = 0; second < 60; second++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            total += admitted(1000);
        }
        assertThat(total).isEqualTo(60L * RefusalRate.PER_SECOND);
    }

    @Test
    void afterAWhileThereIsRoomForABurstAndNoMore() {
        admitted(1000);
        now.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(admitted(1000)).isEqualTo(RefusalRate.BURST);
    }

    private long admitted(int requests) {
        return IntStream.range(0, requests).filter(i -> rate.admits()).count();
    }
}
