package io.mainstay.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a body into the texts of its items while it comes in: the elements of a JSON array, or the lines of NDJSON. It only
 * finds where an item ends; errors within an item are found when it is read.
 *
 * <p>It goes byte by byte, so its buffers are its own: those of the JDK take a lock for each byte.
 */
public final class ItemReader {

    /** @param text of the item; null if it is over the limit */
    public record Item(byte[] text) {}

    private static final int END = -1;
    private static final int READ_AT_ONCE = 8192;
    /** Bytes that most items have at most. */
    private static final int MOST_ITEMS = 512;

    private final InputStream body;
    private final byte[] buffer = new byte[READ_AT_ONCE];
    private int position;
    private int filled;
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
        this.body = body;
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
        while (filled < Utf8.MARK.length && fill(filled)) {
            // A body may come in a byte at a time.
        }
        if (filled >= Utf8.MARK.length && Arrays.equals(buffer, 0, Utf8.MARK.length, Utf8.MARK, 0, Utf8.MARK.length)) {
            position = Utf8.MARK.length;
            left -= Utf8.MARK.length;
        }
    }

    /** Reads what there is into the buffer, from a place on; false at the end of the body. */
    private boolean fill(int from) throws IOException {
        int read = body.read(buffer, from, buffer.length - from);
        filled = from + Math.max(0, read);
        return read > 0;
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
        if (position == filled) {
            position = 0;
            if (!fill(0)) {
                ahead = END;
                return;
            }
        }
        ahead = buffer[position++] & 0xff;
        if (--left < 0) {
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

        private byte[] bytes = new byte[MOST_ITEMS];
        private int length;
        private boolean blank = true;

        void add(int character) {
            blank = blank && blank(character);
            if (bytes != null && length == limit) {
                bytes = null;
            }
            if (bytes != null) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
                bytes[length++] = (byte) character;
            }
        }

        Item item() {
            return new Item(bytes == null ? null : Arrays.copyOf(bytes, length));
        }
    }
}
