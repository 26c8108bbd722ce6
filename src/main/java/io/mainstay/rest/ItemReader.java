package io.mainstay.rest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Cuts a body into the texts of its items while it comes in: the elements of a JSON array, or the lines of NDJSON. It
 * only looks for where an item ends; whoever reads the item finds out what is wrong with it.
 */
public final class ItemReader {

    /** @param text of the item; null if it is over the limit */
    public record Item(byte[] text) {}

    private static final int END = -1;

    private final InputStream body;
    private final boolean lines;
    private final long limit;
    private long left;
    private boolean begun;
    private int ahead;

    /**
     * @param lines whether it is NDJSON
     * @param bodyLimit largest body, in bytes
     * @param limit largest item, in bytes
     */
    public ItemReader(InputStream body, boolean lines, long bodyLimit, long limit) {
        this.body = new BufferedInputStream(body);
        this.lines = lines;
        this.left = bodyLimit;
        this.limit = limit;
    }

    /**
     * The next item; empty at the end.
     *
     * @throws MalformedRequestException if where it begins or ends cannot be told; there is no going on then
     * @throws BodyTooLargeException if there is more than the limit; nor then
     */
    public Optional<Item> next() throws IOException {
        boolean first = !begun;
        if (first) {
            begun = true;
            skipMark();
            advance();
        }
        return lines ? line() : element(first);
    }

    /** A byte order mark, which some programs write first. */
    private void skipMark() throws IOException {
        body.mark(Utf8.MARK.length);
        for (byte expected : Utf8.MARK) {
            if (body.read() != (expected & 0xff)) {
                body.reset();
                return;
            }
        }
        left -= Utf8.MARK.length;
    }

    private Optional<Item> line() throws IOException {
        while (ahead != END) {
            Text text = new Text();
            for (; ahead != END && ahead != '\n'; advance()) {
                text.add(ahead);
            }
            if (ahead == '\n') {
                advance();
            }
            if (!text.blank) {
                return Optional.of(text.item());
            }
        }
        return Optional.empty();
    }

    private Optional<Item> element(boolean first) throws IOException {
        skipBlanks();
        if (first) {
            expect('[', "an array");
            skipBlanks();
        }
        if (ahead == ']') {
            advance();
            skipBlanks();
            expect(END, "nothing more after the array");
            return Optional.empty();
        }
        if (!first) {
            expect(',', "a comma or the end of the array");
        }
        return Optional.of(value());
    }

    private Item value() throws IOException {
        Text text = new Text();
        int depth = 0;
        boolean quoted = false;
        boolean escaped = false;
        for (; quoted || depth > 0 || ahead != ',' && ahead != ']'; advance()) {
            if (ahead == END) {
                throw malformed("the array ends too early");
            }
            text.add(ahead);
            if (quoted) {
                quoted = escaped || ahead != '"';
                escaped = !escaped && ahead == '\\';
            } else if (ahead == '"') {
                quoted = true;
            } else if (ahead == '{' || ahead == '[') {
                depth++;
            } else if (ahead == '}' || ahead == ']') {
                depth--;
            }
        }
        if (text.blank) {
            throw malformed("an element of the array is missing");
        }
        return text.item();
    }

    private void expect(int wanted, String description) throws IOException {
        skipBlanks();
        if (ahead != wanted) {
            throw malformed(ahead == END ? "the array ends too early" : "there must be " + description);
        }
        advance();
    }

    private void skipBlanks() throws IOException {
        while (blank(ahead)) {
            advance();
        }
    }

    private void advance() throws IOException {
        if (ahead == END) {
            return;
        }
        ahead = body.read();
        if (ahead != END && --left < 0) {
            throw new BodyTooLargeException();
        }
    }

    private static boolean blank(int character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    private static MalformedRequestException malformed(String reason) {
        return new MalformedRequestException("malformed-json", "", reason);
    }

    /** Grows up to the limit and is dropped beyond. */
    private final class Text {

        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean blank = true;

        void add(int character) {
            blank &= blank(character);
            if (bytes != null && bytes.size() == limit) {
                bytes = null;
            }
            if (bytes != null) {
                bytes.write(character);
            }
        }

        Item item() {
            return new Item(bytes == null ? null : bytes.toByteArray());
        }
    }
}
