package io.mainstay.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainsTest {

    private long nanos = Long.MAX_VALUE - 1000;
    private final Drains drains = new Drains("here", () -> nanos);
    private final AtomicInteger told = new AtomicInteger();

    DrainsTest() {
        drains.onChange(told::incrementAndGet);
    }

    @Test
    void drainIsOverAfterItsTime() {
        drains.set(Map.of(
                WorkerId.instance("here"), Duration.ofHours(1), WorkerId.remote("img-1"), Duration.ofMinutes(1)));
        assertThat(drains.drainedHere()).isTrue();
        assertThat(drains.drained("img-1")).isTrue();
        assertThat(drains.drained("img-2")).isFalse();

        nanos += Duration.ofMinutes(1).toNanos();
        assertThat(drains.drained("img-1")).isFalse();
        assertThat(drains.drainedHere()).isTrue();
    }

    @Test
    void drainOfAnInstanceIsNoneOfARemoteWorkerOfItsName() {
        drains.set(Map.of(WorkerId.instance("here"), Duration.ofHours(1)));
        assertThat(drains.drainedHere()).isTrue();
        assertThat(drains.drained("here")).isFalse();

        drains.set(Map.of(WorkerId.remote("here"), Duration.ofHours(1)));
        assertThat(drains.drainedHere()).isFalse();
        assertThat(drains.drained("here")).isTrue();
    }

    @Test
    void workerIsKnownByTheEndOfALongNameToo() {
        drains.set(Map.of(WorkerId.remote("images-of-the-second-region-7f9c"), Duration.ofHours(1)));

        assertThat(drains.drained("images-of-the-second-region-7f9c")).isTrue();
        assertThat(drains.drained("the-second-region-7f9c")).isFalse();
        assertThat(drains.drained("of-the-second-region-7f9c".substring(1))).isTrue();
    }

    @Test
    void changesAreToldOnceAndTheEndIsOne() {
        drains.tell();
        assertThat(told).hasValue(0);
        drains.set(Map.of(WorkerId.remote("img-1"), Duration.ofMinutes(1)));
        drains.tell();
        drains.tell();
        assertThat(told).hasValue(1);

        nanos += Duration.ofMinutes(1).toNanos();
        drains.tell();
        assertThat(told).hasValue(2);
    }
}
