package io.mainstay.auth.key;

import io.mainstay.auth.Grant;
import io.mainstay.job.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the text of a keys file. It works on bytes that whoever read them can wipe; of a key only its id and hash are kept. No message quotes
 * the file: words may stand in the wrong order.
 */
final class KeysFileText {

    static final int MOST_KEYS = 1000;

    private static final byte[] PLACEHOLDER = KeyFormat.PLACEHOLDER.getBytes(StandardCharsets.US_ASCII);

    private KeysFileText() {}

    /**
     * @return by id
     * @throws IllegalArgumentException if it is not as it should be; says in which line, and why
     */
    static Map<String, KnownKey> read(byte[] text) {
        Map<String, KnownKey> keys = new HashMap<>();
        int number = 0;
        for (int start = 0; start < text.length; ) {
            int end = start;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            number++;
            List<byte[]> words = words(text, start, end);
            if (!words.isEmpty() && words.get(0)[0] != '#') {
                add(words, number, keys);
                words.forEach(word -> Arrays.fill(word, (byte) 0));
            }
            start = end + 1;
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it has no keys");
        }
        return Map.copyOf(keys);
    }

    private static void add(List<byte[]> words, int line, Map<String, KnownKey> keys) {
        byte[] key = words.get(0);
        if (Arrays.equals(key, PLACEHOLDER)) {
            throw wrong(line, "the key is the placeholder of the documentation; make one with new-key");
        }
        if (!KeyFormat.isKey(key)) {
            throw wrong(line, "the first word is not a valid key; make one with new-key");
        }
        Grant grant;
        try {
            grant = Grant.of(words.subList(1, words.size()).stream()
                    .map(word -> new String(word, StandardCharsets.UTF_8))
                    .toList());
        } catch (InvalidValueException e) {
            throw wrong(line, "its " + e.field() + " is missing or wrong: <key> <name> <roles> <queues> [payload]");
        }
        String id = KeyFormat.idOf(key);
        if (keys.put(id, KnownKey.of(id, KeyHash.of(key), grant, Optional.empty())) != null) {
            throw wrong(line, "another line has the same key id");
        }
        if (keys.size() > MOST_KEYS) {
            throw wrong(line, "there are more than " + MOST_KEYS + " keys");
        }
    }

    private static IllegalArgumentException wrong(int line, String reason) {
        return new IllegalArgumentException("line " + line + ": " + reason);
    }

    private static List<byte[]> words(byte[] text, int start, int end) {
        List<byte[]> words = new ArrayList<>();
        int begun = -1;
        for (int i = start; i <= end; i++) {
            boolean blank = i == end || text[i] == ' ' || text[i] == '\t' || text[i] == '\r';
            if (!blank && begun < 0) {
                begun = i;
            } else if (blank && begun >= 0) {
                words.add(Arrays.copyOfRange(text, begun, i));
                begun = -1;
            }
        }
        return words;
    }
}
