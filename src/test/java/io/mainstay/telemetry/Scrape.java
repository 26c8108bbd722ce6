package io.mainstay.telemetry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus reads from {@code /q/metrics}: metrics by name. */
record Scrape(Map<String, Metric> metrics) {

    private static final Pattern HEAD = Pattern.compile("# (TYPE|HELP) (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** What histograms, summaries and timers of what still runs add. */
    private static final List<String> PARTS = List.of("_active_count", "_duration_sum", "_bucket", "_count", "_sum");

    private static final Set<String> OF_PARTS = Set.of("le", "quantile");

    static Scrape parse(String text) {
        Map<String, Metric> metrics = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher head = HEAD.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (head.matches()) {
                Metric metric = metrics.computeIfAbsent(head.group(2), name -> new Metric());
                metric.heads.put(head.group(1), head.group(3));
            } else if (sample.matches()) {
                metrics.get(family(sample.group(1), metrics)).add(sample.group(2));
            }
        }
        return new Scrape(metrics);
    }

    /** The metric that a name in a query is about, parts of histograms included. */
    Metric of(String name) {
        String family = family(name, metrics);
        return family == null ? null : metrics.get(family);
    }

    private static String family(String name, Map<String, Metric> metrics) {
        if (metrics.containsKey(name)) {
            return name;
        }
        return PARTS.stream()
                .filter(name::endsWith)
                .map(part -> name.substring(0, name.length() - part.length()))
                .filter(metrics::containsKey)
                .findAny()
                .orElse(null);
    }

    /** One metric with all its series. */
    static final class Metric {

        private final Map<String, String> heads = new HashMap<>();
        final Set<Set<String>> labelSets = new HashSet<>();
        final Map<String, Set<String>> values = new TreeMap<>();

        String type() {
            return heads.get("TYPE");
        }

        String help() {
            return heads.getOrDefault("HELP", "");
        }

        Set<String> labels() {
            return values.keySet();
        }

        private void add(String labels) {
            Set<String> names = new TreeSet<>();
            LABEL.matcher(labels == null ? "" : labels)
                    .results()
                    .filter(label -> !OF_PARTS.contains(label.group(1)))
                    .forEach(label -> {
                        names.add(label.group(1));
                        values.computeIfAbsent(label.group(1), name -> new TreeSet<>())
                                .add(label.group(2));
                    });
            labelSets.add(names);
        }
    }
}
