package io.mainstay.queue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Since when each line has waited for its turn. One promise holds whoever decides: nobody has a second turn before all that
 * waited at the first have had theirs.
 */
final class TwinTurns {

    private final Map<String, Long> since = new HashMap<>();
    /** Who had a turn while a line waited for its own. */
    private final Map<String, Set<String>> servedBefore = new HashMap<>();

    private long given;

    /** A group may start a job: behind all others, if it could not before. */
    void join(String group) {
        if (!since.containsKey(group)) {
            since.put(group, ++given);
        }
    }

    /** A group may start no job. */
    void leave(String group) {
        since.remove(group);
        servedBefore.remove(group);
    }

    /** The line that has waited longest; the one without a group has always been there. */
    String first(Set<String> lines) {
        return lines.stream()
                .min(Comparator.comparing(line -> since.getOrDefault(line, 0L)))
                .orElseThrow();
    }

    /**
     * A line has had its turn.
     *
     * @param startable lines that may start jobs now; if it is one of them, it comes behind all others
     */
    void served(String line, Set<String> startable) {
        if (line.equals(TwinLines.PLAIN) || startable.contains(line)) {
            since.put(line, ++given);
        }
    }

    /** A line has had its turn: it has not waited for anybody any more. */
    void forget(String line) {
        servedBefore.remove(line);
    }

    /** Whether it is the first turn of another line while this one waits. */
    boolean waitsFor(String line, String other) {
        return servedBefore.computeIfAbsent(line, unknown -> new HashSet<>()).add(other);
    }
}
