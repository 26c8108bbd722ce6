package io.mainstay.redis.store;

import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import io.mainstay.queue.JobNote;
import java.time.Instant;
import java.util.List;

/** What attempts say of themselves, to and from what note.lua keeps. */
final class NoteText {

    private NoteText() {}

    static void write(JobNote note, List<String> args) {
        args.add(note.lease().id().value());
        args.add(note.lease().token());
        args.add(Integer.toString(note.attempt()));
        args.add(note.progress().map(said -> Integer.toString(said.percent())).orElse(""));
        args.add(note.progress().map(JobNote.Said::note).orElse(""));
        args.add(Long.toString(note.firstLine()));
        args.add(Integer.toString(note.lines().size()));
        for (JobNote.Line line : note.lines()) {
            args.add(Long.toString(line.age().toMillis()));
            args.add(line.text());
        }
    }

    /** @param text percent, time, note */
    static Progress progress(String text) {
        String[] words = text.split(" ", 3);
        return new Progress(Integer.parseInt(words[0]), words[2], instant(words[1]));
    }

    /** @param text a line on who wrote last, then on each line time, attempt, text */
    static List<LogLine> log(String text) {
        return text.lines()
                .skip(1)
                .map(line -> line.split(" ", 3))
                .map(words -> new LogLine(instant(words[0]), Integer.parseInt(words[1]), words[2]))
                .toList();
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
