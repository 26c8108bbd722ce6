package io.mainstay.failover.stores;

import io.mainstay.process.SteadyEnqueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured of one fault, and which promises it broke. */
final class TwoRedisRow {

    private final String fault;
    private final List<String> broken = new ArrayList<>();
    private String enqueues = " |  |  | ";
    private String starts = " | ";
    private String runs = "";

    TwoRedisRow(String fault) {
        this.fault = fault;
    }

    String fault() {
        return fault;
    }

    /** @param perSecond how many were to be sent */
    TwoRedisRow enqueues(SteadyEnqueues sender, int perSecond) {
        enqueues = String.format(
                Locale.ROOT,
                "%d | %,d of %,d | %d | %s / %s / %s",
                perSecond,
                sender.acknowledged().size(),
                sender.sent(),
                sender.repeated(),
                seconds(sender.percentile(0.5)),
                seconds(sender.percentile(0.99)),
                seconds(sender.percentile(1)));
        return this;
    }

    /** Longest time from enqueue to start. */
    TwoRedisRow starts(Duration beforeTakeover, Duration others) {
        starts = (beforeTakeover == null ? "" : seconds(beforeTakeover)) + " | " + seconds(others);
        return this;
    }

    /** @param again beyond one of each job */
    TwoRedisRow runs(long again, long counted, long copiesStarted) {
        runs = String.format(Locale.ROOT, "%,d (%,d) | %,d", again, counted, copiesStarted);
        return this;
    }

    TwoRedisRow promise(boolean kept, String what) {
        if (!kept) {
            broken.add(what);
        }
        return this;
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    @Override
    public String toString() {
        String verdict = broken.isEmpty() ? "held" : "**not held**: " + String.join("; ", broken);
        return "| %s | %s | %s | %s | %s |".formatted(fault, enqueues, starts, runs, verdict);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toMillis() / 1000.0);
    }
}
