package io.mainstay.failover;

import io.mainstay.failover.stores.TwoRedisReport;
import io.mainstay.process.RedisProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** docs/failover.md, made from what was measured. */
final class Report {

    static final Path FILE = Path.of("docs", "failover.md");

    private static final String HEAD = """
            # Failover, measured

            This page is written by the lab in `src/test/java/io/mainstay/failover`; do not edit it. %s, Redis %s, Java %s,
            %d cores for everything: Redis, the service and the lab. To measure again:
            `./mvnw verify -Pchaos -Dit.test=FailoverIT -Dfailover.record`.

            The packaged service accepts and runs a steady flow of 200 jobs a second, of 20 ms each (5 a second where pub/sub
            is the fault), while one fault is injected. Times are in seconds, *median / worst*.

            - **Resume**: from "Redis can answer" to the end of the first job that both started and ended after it. Where
              Redis itself stays up, from the fault. By Redis's clock, which is also the lab's.
            - **Subscription**: from then until Redis lists a new subscription.
            - **Slowest answer, failed**: of enqueue requests during the whole run, none repeated by the caller.
            - **Start delay**: the longest time between due and started of any job in the run, including the outage itself.
            - **Lost**: acknowledged jobs that Redis lost in the failover, because replicas lag behind by default. **Again**: jobs started more than once.

            | fault | runs | resume | limit | subscription | limit | slowest answer | failed | start delay | lost | again | verdict |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    void write(List<Scenario<?>> scenarios) {
        StringBuilder page = new StringBuilder(HEAD.formatted(
                LocalDate.now(ZoneOffset.UTC),
                RedisProgram.version(),
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors()));
        scenarios.stream()
                .filter(scenario -> !results.of(scenario).isEmpty())
                .forEach(scenario -> page.append(row(scenario)).append('\n'));
        try {
            Files.writeString(
                    FILE,
                    page.append(ComparisonReport.SECTION.recorded())
                            .append(ChaosReport.ONE_REDIS.section().recorded())
                            .append(PartitionsReport.SECTION.recorded())
                            .append(TwoRedisReport.SECTION.recorded())
                            .append(ChaosReport.MIRRORED.section().recorded()));
        } catch (IOException e) {
            throw new UncheckedIOException("no " + FILE, e);
        }
    }

    private String row(Scenario<?> scenario) {
        List<Measurement> runs = results.of(scenario);
        Limits limits = scenario.limits();
        List<String> cells = new ArrayList<>();
        cells.add(scenario.name());
        cells.add(Integer.toString(runs.size()));
        cells.add(times(runs, Measurement::resume));
        cells.add(limit(limits.resume()));
        cells.add(limits.subscription() == null ? "" : times(runs, Measurement::subscription));
        cells.add(limit(limits.subscription()));
        cells.add(times(runs, Measurement::slowestAnswer));
        cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * worst(runs, Measurement::failedShare)));
        cells.add(times(runs, Measurement::startDelay));
        cells.add(Long.toString(runs.stream().mapToLong(Measurement::lost).sum()));
        cells.add(Long.toString(runs.stream().mapToLong(Measurement::runAgain).sum()));
        cells.add(verdict(limits, runs));
        return "| " + String.join(" | ", cells) + " |";
    }

    /** The promise is about the median; what may never happen may not happen in the worst run either. */
    private static String verdict(Limits limits, List<Measurement> runs) {
        long broken =
                runs.stream().filter(run -> !limits.brokenBy(run, 1).isEmpty()).count();
        if (broken == 0) {
            return "held";
        }
        return 2 * broken < runs.size()
                        && runs.stream().allMatch(run -> run.stuck() == 0 && (run.lost() == 0 || limits.mayLose()))
                ? "held, not in the worst run"
                : "**broken**";
    }

    /** Median and worst; what never happened is null. */
    static <R> String times(List<R> runs, Function<R, Double> of) {
        List<Double> sorted =
                runs.stream().map(of).filter(Objects::nonNull).sorted().toList();
        if (sorted.isEmpty()) {
            return "never";
        }
        if (sorted.size() < runs.size()) {
            return "never in %d of %d".formatted(runs.size() - sorted.size(), runs.size());
        }
        return String.format(Locale.ROOT, "%.2f / %.2f", sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }

    private static double worst(List<Measurement> runs, ToDoubleFunction<Measurement> of) {
        return runs.stream().mapToDouble(of).max().orElse(0);
    }

    private static String limit(Duration limit) {
        return limit == null ? "" : String.format(Locale.ROOT, "%.1f", limit.toMillis() / 1000.0);
    }
}
