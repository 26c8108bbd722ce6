package io.mainstay.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names that an expression of PromQL uses; enough of the language for the rules and the dashboard. */
record Query(String expression) {

    private static final Pattern SELECTOR = Pattern.compile("\\b(mainstay_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern WORD = Pattern.compile("\\b[a-zA-Z_]\\w*\\b(?!\\s*\\()");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "bool", "offset");
    /** What Prometheus adds to every series, and what ours do not have of their own. */
    static final Set<String> OF_TARGETS = Set.of("instance", "pod", "le");

    List<String> metrics() {
        return SELECTOR.matcher(expression)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Whatever stands where only a metric can, and is none of ours. */
    Set<String> foreign() {
        String bare = GROUPING.matcher(expression.replaceAll("\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"", " "))
                .replaceAll(" ");
        Set<String> words = new TreeSet<>();
        WORD.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(word -> !word.startsWith("mainstay_") && !KEYWORDS.contains(word))
                .forEach(words::add);
        return words;
    }

    /** What does not fit the scrape: metrics, labels and values that are not there. */
    List<String> misfits(Scrape scrape) {
        List<String> misfits = new ArrayList<>(foreign());
        Set<String> known = new TreeSet<>(OF_TARGETS);
        for (MatchResult found : SELECTOR.matcher(expression).results().toList()) {
            Scrape.Metric metric = scrape.of(found.group(1));
            if (metric == null) {
                misfits.add(found.group(1));
            } else {
                known.addAll(metric.labels());
                MATCHER.matcher(found.group(2) == null ? "" : found.group(2))
                        .results()
                        .flatMap(matcher -> unmatched(found.group(1), metric, matcher))
                        .forEach(misfits::add);
            }
        }
        GROUPING.matcher(expression)
                .results()
                .flatMap(group -> Arrays.stream(group.group(2).split("\\s*,\\s*")))
                .map(String::strip)
                .filter(label -> !label.isEmpty() && !known.contains(label))
                .forEach(label -> misfits.add("label " + label));
        return misfits;
    }

    /** Labels that the result may have, at most. */
    Set<String> labels(Scrape scrape) {
        Set<String> labels = new TreeSet<>(OF_TARGETS);
        metrics().stream().map(scrape::of).forEach(metric -> labels.addAll(metric.labels()));
        return labels;
    }

    private static Stream<String> unmatched(String name, Scrape.Metric metric, MatchResult matcher) {
        Set<String> values = metric.values.getOrDefault(matcher.group(1), Set.of());
        String asked = matcher.group(3);
        if (asked.startsWith("$") && !values.isEmpty()) {
            return Stream.empty();
        }
        return Arrays.stream(asked.split("\\|"))
                .filter(value -> !values.contains(value))
                .map(value -> name + "{" + matcher.group(1) + "=" + value + "}");
    }
}
