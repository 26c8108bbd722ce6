package io.mainstay.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts as the bytes that came. */
final class Utf8 {

    /** How some programs begin a text in UTF-8; it may be passed over (RFC 8259, 8.1). */
    static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private Utf8() {}

    static byte[] withoutMark(byte[] text) {
        boolean marked = text.length >= MARK.length && Arrays.equals(text, 0, MARK.length, MARK, 0, MARK.length);
        return marked ? Arrays.copyOfRange(text, MARK.length, text.length) : text;
    }

    static boolean isValid(byte[] text) {
        // Most texts are ASCII, which needs no decoder.
        for (byte one : text) {
            if (one < 0) {
                return isDecodable(text);
            }
        }
        return true;
    }

    private static boolean isDecodable(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }
}
