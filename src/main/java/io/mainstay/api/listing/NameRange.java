package io.mainstay.api.listing;

import io.mainstay.job.QueueName;
import io.mainstay.security.QueuePatterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Names of queues that lie beside one another.
 *
 * @param prefix what all of them begin with
 * @param exact whether this is the whole name of the only one
 */
record NameRange(String prefix, boolean exact) {

    private static final int LONGEST_NAME = 64;
    /** No name of a queue has a greater character. */
    private static final String GREATEST = "z";

    /**
     * What patterns and a prefix allow both, by name, without overlaps.
     *
     * @param prefix may be empty
     */
    static List<NameRange> of(QueuePatterns allowed, String prefix) {
        List<NameRange> ranges = new ArrayList<>();
        allowed.patterns().stream()
                .map(NameRange::of)
                .filter(NameRange::isPossible)
                .flatMap(range -> range.within(prefix).stream())
                .sorted(Comparator.comparing(NameRange::prefix).thenComparing(NameRange::exact))
                .forEach(range -> {
                    if (ranges.isEmpty() || !ranges.get(ranges.size() - 1).contains(range.prefix())) {
                        ranges.add(range);
                    }
                });
        return ranges;
    }

    /** The first that has names behind another name. */
    static Optional<NameRange> first(List<NameRange> ranges, String after) {
        return ranges.stream()
                .filter(range -> after.compareTo(range.last()) < 0)
                .findFirst();
    }

    private static NameRange of(String pattern) {
        return pattern.endsWith("*")
                ? new NameRange(pattern.substring(0, pattern.length() - 1), false)
                : new NameRange(pattern, true);
    }

    /** What no queue can be called, or begin with, is no range. */
    private boolean isPossible() {
        return QueueName.mayBegin(prefix) && !(exact && prefix.matches("\\.+"));
    }

    private Optional<NameRange> within(String wanted) {
        if (prefix.startsWith(wanted)) {
            return Optional.of(this);
        }
        return !exact && wanted.startsWith(prefix) ? Optional.of(new NameRange(wanted, false)) : Optional.empty();
    }

    boolean contains(String name) {
        return exact ? name.equals(prefix) : name.startsWith(prefix);
    }

    /** No name of the range is greater. */
    String last() {
        return exact ? prefix : prefix + GREATEST.repeat(LONGEST_NAME - prefix.length());
    }
}
