package io.mainstay.security;

import java.util.List;

/** Names of queues, each whole or, with {@code *} at its end, by their beginning. */
public record QueuePatterns(List<String> patterns) {

    public static final QueuePatterns ALL = new QueuePatterns(List.of("*"));

    public QueuePatterns {
        patterns = List.copyOf(patterns);
    }

    public boolean matches(String queue) {
        for (String pattern : patterns) {
            if (pattern.endsWith("*")
                    ? queue.startsWith(pattern.substring(0, pattern.length() - 1))
                    : pattern.equals(queue)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every queue there may ever be matches. */
    public boolean matchAll() {
        return patterns.contains("*");
    }

    /** Whether whatever the other patterns match is matched by these too. */
    public boolean contain(QueuePatterns others) {
        return others.patterns.stream().allMatch(this::containsOne);
    }

    private boolean containsOne(String other) {
        return other.endsWith("*")
                ? patterns.stream()
                        .filter(own -> own.endsWith("*"))
                        .anyMatch(own -> other.startsWith(own.substring(0, own.length() - 1)))
                : matches(other);
    }
}
