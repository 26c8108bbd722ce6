package io.mainstay.worker;

import io.mainstay.job.Lease;
import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.attempt.Truncation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt says of itself and the store does not have yet: its latest progress and its latest lines. Bounded, for a
 * handler may say more than the store is told. Thread-safe.
 */
final class ProgressBuffer {

    private record Line(long writtenAt, String text) {}

    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private long firstLine = 1;
    private JobNote.Said progress;

    /** @return whether the store had all until now */
    synchronized boolean progress(int percent, String note) {
        Progress.checkPercent(percent);
        boolean first = nothingUnsaid();
        progress = new JobNote.Said(percent, Truncation.onOneLine(note, Progress.MAX_NOTE));
        return first;
    }

    /** @return whether the store had all until now */
    synchronized boolean log(String line) {
        boolean first = nothingUnsaid();
        String text = Truncation.onOneLine(line, LogLine.MAX_TEXT);
        if (lines.size() == LogLine.KEPT) {
            // The store would drop it as well.
            lines.remove();
            firstLine++;
        }
        lines.add(new Line(System.nanoTime(), text));
        return first;
    }

    /** What the store does not have; empty if it has all. */
    synchronized Optional<JobNote> unsaid(Lease lease, int attempt) {
        if (nothingUnsaid()) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        List<JobNote.Line> aged = lines.stream()
                .map(line -> new JobNote.Line(Duration.ofNanos(now - line.writtenAt()), line.text()))
                .toList();
        return Optional.of(new JobNote(lease, attempt, Optional.ofNullable(progress), firstLine, aged));
    }

    /** The store has this by now. */
    synchronized void said(JobNote note) {
        if (note.progress().isPresent() && note.progress().get() == progress) {
            progress = null;
        }
        for (long next = note.firstLine() + note.lines().size(); firstLine < next && !lines.isEmpty(); firstLine++) {
            lines.remove();
        }
    }

    private boolean nothingUnsaid() {
        return progress == null && lines.isEmpty();
    }
}
