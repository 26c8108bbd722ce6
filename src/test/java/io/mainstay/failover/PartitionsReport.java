package io.mainstay.failover;

import io.mainstay.process.RedisProgram;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The part of docs/failover.md about queues with partitions. */
final class PartitionsReport {

    static final Section SECTION = new Section("Queues with partitions");

    private static final String HEAD = """

            %s, Redis %s, a cluster of three, two instances, %d cores for everything. A queue of %d [partitions](partitions.md). To measure again:
            `./mvnw verify -Pchaos -Dit.test=PartitionsIT -Dfailover.record`.

            | what | measured | limit |
            | --- | --- | --- |
            """;

    private final Map<Integer, String> rows = new TreeMap<>();

    void even(List<Double> shares) {
        rows.put(
                0,
                "| load of the nodes, 1 is even; ids chosen by the caller | %s | 0.9 to 1.1 |".formatted(text(shares)));
    }

    void evenByTurns(List<Double> shares) {
        rows.put(1, "| the same; ids made by the service | %s | 0.9 to 1.1 |".formatted(text(shares)));
    }

    private static String text(List<Double> shares) {
        return shares.stream()
                .map(share -> String.format(Locale.ROOT, "%.3f", share))
                .collect(Collectors.joining(", "));
    }

    void deadShard(int taken, int waitingAtMost) {
        rows.put(
                2,
                "| a shard is frozen with its replica: jobs of other shards accepted meanwhile; most jobs waiting to be accepted | %d; %d | its share |"
                        .formatted(taken, waitingAtMost));
    }

    void grown(int jobs, long rate, int failed, Duration slowest) {
        rows.put(
                3,
                "| 1 to %d partitions and back under load: jobs; per second; lost; run twice; repeated requests; slowest answer | %d; %d; 0; 0; %d; %.2f s | 0 lost, 0 twice |"
                        .formatted(PartitionsIT.PARTITIONS, jobs, rate, failed, slowest.toMillis() / 1000.0));
    }

    /** Seconds of CPU a job, each without and with partitions. */
    void cost(double[] idsMade, double[] idsChosen) {
        rows.put(4, cost("ids made by the service", idsMade, "1.1"));
        rows.put(5, cost("ids chosen by the caller", idsChosen, ""));
    }

    private static String cost(String ids, double[] costs, String limit) {
        return String.format(
                Locale.ROOT,
                "| CPU of all nodes a job, at 500 a second, against a queue without partitions; %s | %.2f: %.0f and %.0f µs | %s |",
                ids,
                costs[1] / costs[0],
                1e6 * costs[1],
                1e6 * costs[0],
                limit);
    }

    void write() {
        StringBuilder text = new StringBuilder(HEAD.formatted(
                LocalDate.now(ZoneOffset.UTC),
                RedisProgram.version(),
                Runtime.getRuntime().availableProcessors(),
                PartitionsIT.PARTITIONS));
        rows.values().forEach(row -> text.append(row).append('\n'));
        SECTION.write(text.toString());
    }
}
