package io.mainstay.failover;

import io.mainstay.failover.history.History;
import io.mainstay.failover.history.HistoryChecker;
import io.mainstay.failover.history.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What came of the faults of a run. Not thread-safe. */
final class ChaosFigures {

    static final Path VIOLATIONS = Path.of("target", "failover", "violations.txt");

    private final Map<String, List<Duration>> resumed = new TreeMap<>();
    private final List<String> stuck = new ArrayList<>();

    /** After a fault of a kind, a job was begun and done that late. */
    void resumed(String kind, Duration after) {
        resumed.computeIfAbsent(kind, none -> new ArrayList<>()).add(after);
    }

    /** After a fault of a kind, none was. */
    void stuck(String kind, String what) {
        stuck.add(what);
        resumed.computeIfAbsent(kind, none -> new ArrayList<>());
    }

    List<String> stuck() {
        return List.copyOf(stuck);
    }

    /** Rows of a table: kind, number, median and worst in seconds. */
    String table() {
        StringBuilder rows = new StringBuilder();
        resumed.forEach((kind, times) -> {
            List<Duration> sorted = times.stream().sorted().toList();
            rows.append("| %s | %d | %s |%n"
                    .formatted(
                            kind,
                            sorted.size(),
                            sorted.isEmpty()
                                    ? "never"
                                    : seconds(sorted.get(sorted.size() / 2)) + " / "
                                            + seconds(sorted.get(sorted.size() - 1))));
        });
        return rows.toString();
    }

    /**
     * What was seen, and how often each rule was broken.
     *
     * @param missing what became of acknowledged jobs that are not there, and may not be
     */
    static String sums(History history, HistoryChecker.Verdict verdict, String missing) {
        StringBuilder sums = new StringBuilder("""
                %,d jobs, %,d requests, %,d attempts seen; %,d jobs acknowledged, of which %,d %s.
                """.formatted(
                        history.jobs().size(),
                        history.calls().size(),
                        history.runs().size(),
                        verdict.acknowledged(),
                        verdict.excused(),
                        missing));
        for (Rule rule : Rule.values()) {
            long broken = verdict.violations().stream()
                    .filter(violation -> violation.rule() == rule)
                    .count();
            sums.append("- %s: %s%n"
                    .formatted(rule.promise(), broken == 0 ? "held" : "**broken %d times**".formatted(broken)));
        }
        return sums.toString();
    }

    /** Each violation with all that was seen of its job. */
    static void write(History history, HistoryChecker.Verdict verdict) {
        Stream<String> faults = history.strikes().stream().map(Object::toString);
        Stream<String> jobs = verdict.violations().stream()
                .flatMap(violation -> Stream.concat(
                        Stream.of("", violation.toString()),
                        history.of(violation.job()).map(line -> "  " + line)));
        try {
            Files.createDirectories(VIOLATIONS.getParent());
            Files.write(VIOLATIONS, (Iterable<String>) Stream.concat(faults, jobs)::iterator);
        } catch (IOException e) {
            throw new UncheckedIOException("no " + VIOLATIONS, e);
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toMillis() / 1000.0);
    }
}
