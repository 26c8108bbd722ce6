package io.mainstay.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an attempt said of itself and the service does not have yet: its latest progress, its latest lines. Thread-safe. */
final class Notes {

    /** The service keeps no more. */
    private static final int MOST_LINES = 50;
    /** Of one call. */
    private static final int MOST_AT_ONCE = 20;

    private static final int LONGEST_NOTE = 200;
    private static final int LONGEST_LINE = 500;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    /** Number of the first of them within the attempt: with it the service writes none twice. */
    private long first = 1;

    private JsonValue progress;

    /** Some of them, on their way. */
    record Batch(JsonValue progress, List<String> lines, long first) {

        void addTo(Map<String, Object> lease) {
            if (progress != null) {
                lease.put("progress", progress);
            }
            if (!lines.isEmpty()) {
                lease.put("log", lines);
                lease.put("logFrom", first);
            }
        }
    }

    synchronized void progress(int percent, String note) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("progress is " + percent + ", but must be between 0 and 100");
        }
        progress = note.isEmpty()
                ? JsonValue.object("percent", percent)
                : JsonValue.object("percent", percent, "note", cut(note, LONGEST_NOTE));
    }

    synchronized void log(String line) {
        lines.add(cut(line, LONGEST_LINE));
        drop();
    }

    synchronized boolean isEmpty() {
        return progress == null && lines.isEmpty();
    }

    synchronized Optional<Batch> take() {
        if (isEmpty()) {
            return Optional.empty();
        }
        List<String> some = new ArrayList<>();
        while (some.size() < MOST_AT_ONCE && !lines.isEmpty()) {
            some.add(lines.remove());
        }
        Batch batch = new Batch(progress, some, first);
        first += some.size();
        progress = null;
        return Optional.of(batch);
    }

    /** The service did not get them. */
    synchronized void putBack(Batch batch) {
        progress = progress == null ? batch.progress() : progress;
        for (int i = batch.lines().size() - 1; i >= 0; i--) {
            lines.addFirst(batch.lines().get(i));
            first--;
        }
        drop();
    }

    private void drop() {
        while (lines.size() > MOST_LINES) {
            lines.remove();
            first++;
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
