package io.mainstay.failover.stores;

import io.mainstay.failover.Section;
import io.mainstay.process.RedisProgram;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The section of docs/failover.md about two Redis. Rows that a run has not measured stay as they are. */
public final class TwoRedisReport {

    public static final Section SECTION = new Section("Two Redis");

    private static final String HEAD = """

            %s, Redis %s, two instances, two Redis, %d cores for everything. [Mirrored queues](critical-queues.md#mirrored) with a hold of 5 s under a steady
            flow of enqueues with ids of their own, by a client that repeats a request once; one fault strikes in the flow and lasts two minutes unless said. To measure again:
            `./mvnw verify -Pchaos -Dit.test='TwoRedisIT,MirroredCostIT' -Dfailover.record`.

            - **Acknowledged**: of all that were sent, the repeat included; at least 99.9 %% is promised. **Repeated**: requests that the client had to repeat.
            - **Answer**: median, 99 %% and slowest, from the first request on, in seconds.
            - **Start**: the longest from enqueue to the start of the latest run, in seconds; of jobs enqueued before the other store took over (promised: hold and 2 s),
              and of all others (2 s).
            - **Runs again**: runs beyond one of each job, as handlers saw them; in brackets as `mainstay_mirror_runs_twice_total` counted them, which knows of jobs that ran
              in a store that had to give them up. **Copies started**: by a takeover.
            - Every row: each acknowledged job succeeded, nothing waits or runs in either store afterwards, and both say the same of each job.

            | fault | enqueues a second | acknowledged | repeated | answer | start, before takeover | start, others | runs again | copies started | verdict |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final String FIGURES_HEAD = """

            | what | measured | limit |
            | --- | --- | --- |
            """;

    private static final int FIGURE_CELLS = 3;

    private final List<TwoRedisRow> rows = new ArrayList<>();
    private final Map<String, String> figures = new LinkedHashMap<>();

    void add(TwoRedisRow row) {
        rows.add(row);
    }

    void figure(String what, String measured, String limit) {
        figures.put(what, "| %s | %s | %s |".formatted(what, measured, limit));
    }

    void write() {
        Map<String, String> faultsNow =
                recorded(line -> line.startsWith("| ") && !isHead(line) && cells(line) > FIGURE_CELLS);
        Map<String, String> figuresNow =
                recorded(line -> line.startsWith("| ") && !isHead(line) && cells(line) <= FIGURE_CELLS);
        rows.forEach(row -> faultsNow.put(row.fault(), row.toString()));
        figuresNow.putAll(figures);
        StringBuilder text = new StringBuilder(HEAD.formatted(
                LocalDate.now(ZoneOffset.UTC),
                RedisProgram.version(),
                Runtime.getRuntime().availableProcessors()));
        faultsNow.values().forEach(line -> text.append(line).append('\n'));
        text.append(FIGURES_HEAD);
        figuresNow.values().forEach(line -> text.append(line).append('\n'));
        SECTION.write(text.toString());
    }

    private static Map<String, String> recorded(Predicate<String> wanted) {
        Map<String, String> lines = new LinkedHashMap<>();
        SECTION.recorded().lines().filter(wanted).forEach(line -> lines.put(name(line), line));
        return lines;
    }

    private static boolean isHead(String line) {
        return line.startsWith("| ---") || line.startsWith("| fault ") || line.startsWith("| what ");
    }

    private static int cells(String line) {
        return line.split("\\|").length - 1;
    }

    private static String name(String line) {
        return line.substring(2, line.indexOf(" |"));
    }
}
