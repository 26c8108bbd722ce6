package io.mainstay.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads JSON as RFC 8259 has it, and nothing else; of members with the same name the last counts. */
final class JsonParser {

    /** Mainstay takes 100. */
    private static final int DEEPEST = 500;

    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;
    private int depth;

    JsonParser(String text) {
        this.text = text;
    }

    JsonValue parse() {
        JsonValue value = value();
        skipBlanks();
        if (at < text.length()) {
            throw unexpected();
        }
        return value;
    }

    static boolean isNumber(String text) {
        JsonParser parser = new JsonParser(text);
        try {
            parser.number();
            return parser.at == text.length();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private JsonValue value() {
        skipBlanks();
        return switch (peek()) {
            case '{' -> nested(this::members);
            case '[' -> nested(this::items);
            case '"' -> JsonValue.of(string());
            case 't' -> word("true", JsonValue.of(true));
            case 'f' -> word("false", JsonValue.of(false));
            case 'n' -> word("null", JsonValue.NULL);
            default -> JsonValue.ofLiteral(number());
        };
    }

    private JsonValue nested(Supplier<JsonValue> what) {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("JSON is nested deeper than " + DEEPEST);
        }
        JsonValue value = what.get();
        depth--;
        return value;
    }

    private JsonValue members() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        expect('{');
        if (!skips('}')) {
            do {
                skipBlanks();
                String name = string();
                skipBlanks();
                expect(':');
                members.put(name, value());
            } while (skips(','));
            expect('}');
        }
        return JsonValue.ofMembers(members);
    }

    private JsonValue items() {
        List<JsonValue> items = new ArrayList<>();
        expect('[');
        if (!skips(']')) {
            do {
                items.add(value());
            } while (skips(','));
            expect(']');
        }
        return JsonValue.ofItems(items);
    }

    private String string() {
        expect('"');
        int start = at;
        while (peek() != '"' && peek() != '\\') {
            plain();
        }
        if (peek() == '"') {
            return text.substring(start, at++);
        }
        StringBuilder out = new StringBuilder(text.substring(start, at));
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                out.append(escaped());
            } else {
                out.append(plain());
            }
        }
        at++;
        return out.toString();
    }

    private char plain() {
        if (peek() < ' ') {
            throw unexpected();
        }
        return text.charAt(at++);
    }

    private char escaped() {
        char c = peek();
        at++;
        int known = ESCAPES.indexOf(c);
        if (known >= 0) {
            return ESCAPED.charAt(known);
        }
        if (c != 'u' || at + HEX_DIGITS > text.length()) {
            throw unexpected();
        }
        int code = 0;
        for (int i = 0; i < HEX_DIGITS; i++, at++) {
            int digit = Character.digit(text.charAt(at), HEX);
            if (digit < 0) {
                throw unexpected();
            }
            code = code * HEX + digit;
        }
        return (char) code;
    }

    private String number() {
        int start = at;
        skipsHere('-');
        if (!skipsHere('0')) {
            digits();
        }
        if (skipsHere('.')) {
            digits();
        }
        if (skipsHere('e') || skipsHere('E')) {
            if (!skipsHere('+')) {
                skipsHere('-');
            }
            digits();
        }
        return text.substring(start, at);
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
    }

    private JsonValue word(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    private boolean skips(char c) {
        skipBlanks();
        return skipsHere(c);
    }

    private boolean skipsHere(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("JSON breaks off at character " + at);
        }
        return text.charAt(at);
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                "no JSON at character " + at + (at < text.length() ? ": '" + text.charAt(at) + "'" : ""));
    }
}
