package io.mainstay.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long this machine did not let its programs run, from now on until it is closed: how much too late threads
 * woke that do nothing but wake often, one for each core, so that a stopped process, a pause of the garbage collector and
 * a busy machine are seen; and what the hypervisor says that others took.
 */
public class Stalls implements AutoCloseable {

    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(10);
    /** What any scheduler may take. */
    private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int STOLEN_COLUMN = 8;
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    /** Half of the shortest time that any test allows for. */
    private static final Duration LEAST_EXCUSE = Duration.ofMillis(100);
    /** Of the time measured: a long test meets more of them, and they matter less. */
    private static final int EXCUSED_PART = 50;

    private final long begun = System.nanoTime();
    private final AtomicLong[] late = new AtomicLong[Runtime.getRuntime().availableProcessors()];
    private final long stolenBefore = stolen();
    private volatile boolean closed;

    public Stalls() {
        for (int i = 0; i < late.length; i++) {
            AtomicLong mine = new AtomicLong();
            late[i] = mine;
            Thread beating = new Thread(() -> beat(mine), "stalls-" + i);
            beating.setDaemon(true);
            beating.start();
        }
    }

    /** The sum so far, of the core that had the most of it. */
    public Duration soFar() {
        long worst = stolen() - stolenBefore;
        for (AtomicLong each : late) {
            worst = Math.max(worst, each.get());
        }
        return Duration.ofNanos(worst);
    }

    /** Whether it was so much that what came too late meanwhile may well have been the machine's fault. */
    public final boolean excuse() {
        return isExcuse(Duration.ofNanos(System.nanoTime() - begun), soFar());
    }

    static boolean isExcuse(Duration time, Duration stalled) {
        return stalled.compareTo(LEAST_EXCUSE) >= 0 && stalled.compareTo(time.dividedBy(EXCUSED_PART)) >= 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void beat(AtomicLong sum) {
        while (!closed) {
            long due = System.nanoTime() + BEAT;
            LockSupport.parkNanos(BEAT);
            long overdue = System.nanoTime() - due;
            if (overdue > USUAL) {
                sum.addAndGet(overdue);
            }
        }
    }

    /** Nanoseconds of all cores; 0 where the system does not tell. */
    private static long stolen() {
        try {
            String[] columns = Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .split(" +");
            return columns.length > STOLEN_COLUMN ? Long.parseLong(columns[STOLEN_COLUMN]) * NANOS_PER_TICK : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
