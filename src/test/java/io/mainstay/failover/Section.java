package io.mainstay.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A part of docs/failover.md that is written apart from the rest, from its heading to the next one. */
public record Section(String heading) {

    private static final String HEADING = "\n## ";

    /** As it is on the page, empty if there is none. */
    public String recorded() {
        String page = read();
        int begin = page.indexOf(start());
        return begin < 0 ? "" : page.substring(begin, end(page, begin));
    }

    /** Puts it in the place of what is recorded, or at the end. */
    public void write(String text) {
        String page = read();
        int begin = page.indexOf(start());
        int from = begin < 0 ? page.length() : begin;
        int to = begin < 0 ? page.length() : end(page, begin);
        try {
            Files.writeString(Report.FILE, page.substring(0, from) + start() + text + page.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException("no " + Report.FILE, e);
        }
    }

    private String start() {
        return HEADING + heading + "\n";
    }

    private static int end(String page, int begin) {
        int next = page.indexOf(HEADING, begin + 1);
        return next < 0 ? page.length() : next;
    }

    private static String read() {
        try {
            return Files.readString(Report.FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("no " + Report.FILE, e);
        }
    }
}
