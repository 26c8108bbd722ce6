package io.mainstay.queue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a claim took from the lines.
 *
 * @param aging how long a job waits until it has aged
 * @param leased jobs that it started, in the order of its answer
 * @param passed jobs that it came to and did not start, as it was too late
 * @param left lines of which a job that it wants may start afterwards
 * @param unwanted groups of which a job that it serves may start, but none that it wants, as their targets have no room
 * @param wanted what it wants afterwards
 */
record ClaimTaken(
        ClaimBefore before,
        Duration aging,
        List<TwinJob> leased,
        List<TwinJob> passed,
        Set<String> left,
        Set<String> unwanted,
        TwinServed wanted) {

    /** A line as it was before, but for those that wait on as it took all that it wants of their target. */
    List<TwinJob> waited(String line) {
        return before.line(line).stream()
                .filter(job -> leased.contains(job) || passed.contains(job) || wanted.wants(job) || job.isOrdered())
                .toList();
    }

    /** Lines from which it took any job. */
    Set<String> lines() {
        Set<String> lines = new TreeSet<>();
        Stream.concat(leased.stream(), passed.stream()).map(TwinLines::lineOf).forEach(lines::add);
        return lines;
    }

    boolean startedAnyOf(String line) {
        return leased.stream().map(TwinLines::lineOf).anyMatch(line::equals);
    }

    /** What it took from a line, in the line's order. */
    List<TwinJob> of(String line) {
        return before.line(line).stream()
                .filter(job -> leased.contains(job) || passed.contains(job))
                .toList();
    }

    /** Of these, those that took turns by their order. */
    List<TwinJob> inLine(String line) {
        return of(line).stream().filter(job -> !goesOn(job)).toList();
    }

    /**
     * Whether it keeps the order of its group and had its slot before, so that others of the group found none: it waits for none of
     * these, which wait for it.
     */
    private boolean goesOn(TwinJob job) {
        String line = TwinLines.lineOf(job);
        return job.isOrdered()
                && before.hasSlot(job)
                && leased.stream()
                                .filter(other -> !other.isOrdered()
                                        && TwinLines.lineOf(other).equals(line))
                                .count()
                        >= before.rooms().get(line).slots();
    }

    /** Of what it took, those that came before others in front of them, which still wait or stand behind them in the answer. */
    List<TwinJob> ahead(String line) {
        List<TwinJob> waited = waited(line);
        List<TwinJob> taken = inLine(line);
        List<TwinJob> answered = leased.stream().filter(of(line)::contains).toList();
        List<TwinJob> inLine = waited.stream().filter(job -> !goesOn(job)).toList();
        int inOrder = 0;
        while (inOrder < taken.size() && taken.get(inOrder) == inLine.get(inOrder)) {
            inOrder++;
        }
        Set<TwinJob> ahead = new LinkedHashSet<>(taken.subList(inOrder, taken.size()));
        for (int i = 0; i < answered.size(); i++) {
            int place = waited.indexOf(answered.get(i));
            if (answered.stream().skip(i).anyMatch(later -> waited.indexOf(later) < place)) {
                ahead.add(answered.get(i));
            }
        }
        return List.copyOf(ahead);
    }

    /** Whether it took less than it might, though there was more. */
    boolean isCutShort() {
        return leased.size() < before.room() && !left.isEmpty();
    }

    boolean passedAnyOf(String line) {
        return passed.stream().map(TwinLines::lineOf).anyMatch(line::equals);
    }

    /**
     * Of each priority lower than all that would have been taken in order, the first that still waits, if it has aged. If it was cut
     * short, it would have taken as many as it might.
     */
    List<TwinJob> agedHeads(String line) {
        List<TwinJob> taken = inLine(line);
        int might = isCutShort() ? Math.min(before.room(), waited(line).size()) : 0;
        int inOrder = Math.max(might, taken.size());
        if (inOrder == 0) {
            return List.of();
        }
        int lowest = waited(line).get(inOrder - 1).tier();
        Map<Integer, TwinJob> heads = new LinkedHashMap<>();
        waited(line).stream()
                .filter(job -> !job.isOrdered() && job.tier() > lowest && !taken.contains(job))
                .forEach(job -> heads.putIfAbsent(job.tier(), job));
        return heads.values().stream().filter(this::hasAged).toList();
    }

    boolean hasAged(TwinJob job) {
        return job.hasAged(aging, before.now());
    }
}
