package io.mainstay.queue;

import io.mainstay.job.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt says of itself: progress, lines of its log, or both.
 *
 * @param attempt which one it is, from 1
 * @param progress the latest, if there is news
 * @param firstLine number of the first of {@code lines} within the attempt, from 1; lets the store know a repeat
 * @param lines those that follow one another from there
 */
public record JobNote(Lease lease, int attempt, Optional<Said> progress, long firstLine, List<Line> lines) {

    /** @param note on one line */
    public record Said(int percent, String note) {}

    /**
     * @param age how long ago it was written
     * @param text on one line
     */
    public record Line(Duration age, String text) {}

    public JobNote {
        lines = List.copyOf(lines);
    }

    /** Size of its texts, in bytes. */
    public long bytes() {
        return progress.map(said -> CallSize.bytes(said.note())).orElse(0L)
                + lines.stream().mapToLong(line -> CallSize.bytes(line.text())).sum();
    }
}
