package io.mainstay.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long what is packaged takes to be ready, with Redis there, and what it weighs when nothing is to be done. */
@Tag("measuring")
class StartIT {

    private static final boolean NATIVE = System.getProperty("native.image.path") != null;
    private static final int STARTS = NATIVE ? 5 : 3;
    /** The goal of the binary is 60 ms on a machine of its own; these are for machines that are shared. */
    private static final Duration MOST = NATIVE ? Duration.ofSeconds(1) : Duration.ofSeconds(20);

    private static final long MOST_MIB = NATIVE ? 96 : 400;
    private static final long LOOK_NANOS = 1_000_000;
    private static final Duration IDLE = Duration.ofSeconds(3);

    @Test
    void serviceIsReadySoonAndLight() throws Exception {
        List<Long> millis = new ArrayList<>();
        List<Long> mebibytes = new ArrayList<>();
        List<ServiceProcess> idle = new ArrayList<>();
        try (RedisNode redis = RedisNode.start().awaitUp()) {
            for (int i = 0; i < STARTS; i++) {
                long begun = System.nanoTime();
                idle.add(new ServiceProcess(redis.address(), Map.of()));
                awaitReady(idle.get(i));
                millis.add((System.nanoTime() - begun) / 1_000_000);
            }
            // Some canaries and readings, which are all that idle instances do; they do it at the same time.
            Thread.sleep(IDLE.toMillis());
            for (ServiceProcess service : idle) {
                mebibytes.add(residentKibibytes(service) / 1024);
            }
        } finally {
            idle.forEach(ServiceProcess::kill);
            idle.forEach(ServiceProcess::close);
        }
        Collections.sort(millis);
        Collections.sort(mebibytes);
        System.out.printf(
                "%s: ready after %d ms (%d to %d), %d MiB resident when idle, medians of %d%n",
                NATIVE ? "native" : "jar",
                millis.get(STARTS / 2),
                millis.get(0),
                millis.get(STARTS - 1),
                mebibytes.get(STARTS / 2),
                STARTS);
        assertThat(Duration.ofMillis(millis.get(STARTS / 2))).isLessThan(MOST);
        assertThat(mebibytes.get(STARTS / 2)).isLessThan(MOST_MIB);
    }

    private static void awaitReady(ServiceProcess service) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (service.status("/q/health/ready") != 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long residentKibibytes(ServiceProcess service) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(service.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
