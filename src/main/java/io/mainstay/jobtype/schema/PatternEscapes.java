package io.mainstay.jobtype.schema;

import java.util.function.IntPredicate;

/** Reads the characters that a pattern takes: themselves, escapes, and those in brackets. Knows where the reader is. */
final class PatternEscapes {

    private static final int NONE = -1;

    private final String pattern;
    private int position;

    PatternEscapes(String pattern) {
        this.pattern = pattern;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position == pattern.length();
    }

    boolean isNext(String text) {
        return pattern.startsWith(text, position);
    }

    boolean skip(String text) {
        if (!isNext(text)) {
            return false;
        }
        position += text.length();
        return true;
    }

    /** Skips the name of a group. */
    void name() {
        int end = pattern.indexOf('>', position);
        if (end < 0 || !pattern.substring(position + 2, end).matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
            throw new IllegalPatternException("has a group without a proper name");
        }
        position = end + 1;
    }

    /** One character, or one escape. */
    IntPredicate one() {
        IntPredicate many = set();
        if (many != null) {
            return many;
        }
        int character = character(false);
        return c -> c == character;
    }

    /** What follows an opening bracket, the closing one included. */
    CharacterSet bracket() {
        boolean inverted = skip("^");
        CharacterSet.Draft draft = new CharacterSet.Draft();
        while (!skip("]")) {
            if (atEnd()) {
                throw new IllegalPatternException("has a bracket that is not closed");
            }
            member(draft);
        }
        return draft.finish(inverted);
    }

    private void member(CharacterSet.Draft draft) {
        IntPredicate many = set();
        if (many != null) {
            draft.add(many);
            return;
        }
        int first = character(true);
        if (!isNext("-") || isNext("-]")) {
            draft.add(CharacterSet.range(first, first));
            return;
        }
        skip("-");
        if (atEnd() || set() != null) {
            throw new IllegalPatternException("has a range in brackets without an end");
        }
        int last = character(true);
        if (last < first) {
            throw new IllegalPatternException("has a range in brackets whose end is before its beginning");
        }
        draft.add(CharacterSet.range(first, last));
    }

    /** An escape that stands for several characters; null if there is none here. */
    private IntPredicate set() {
        if (!isNext("\\") || position + 1 == pattern.length()) {
            return null;
        }
        IntPredicate set =
                switch (pattern.charAt(position + 1)) {
                    case 'd' -> CharacterSet.DIGIT;
                    case 'D' -> CharacterSet.DIGIT.negate();
                    case 'w' -> CharacterSet.WORD;
                    case 'W' -> CharacterSet.WORD.negate();
                    case 's' -> CharacterSet.SPACE;
                    case 'S' -> CharacterSet.SPACE.negate();
                    default -> null;
                };
        if (set != null) {
            position += 2;
            return set;
        }
        return isNext("\\p{") ? property() : isNext("\\P{") ? property().negate() : null;
    }

    private IntPredicate property() {
        int end = pattern.indexOf('}', position);
        IntPredicate known = end < 0 ? null : UnicodeProperty.of(pattern.substring(position + 3, end));
        if (known == null) {
            throw new IllegalPatternException("has \\p with a property that is not supported");
        }
        position = end + 1;
        return known;
    }

    private int character(boolean inBracket) {
        if (!skip("\\")) {
            return next();
        }
        if (atEnd()) {
            throw new IllegalPatternException("ends with a backslash");
        }
        int escaped = next();
        return switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 0x0B;
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'b' -> inBracket ? '\b' : unknown(escaped);
            case '0' -> isDigit() ? unknown(escaped) : 0;
            case 'c' -> control();
            case 'x' -> hex(2);
            case 'u' -> unicode();
            default -> Character.isLetterOrDigit(escaped) ? unknown(escaped) : escaped;
        };
    }

    private boolean isDigit() {
        return !atEnd() && CharacterSet.DIGIT.test(pattern.charAt(position));
    }

    private int next() {
        int character = pattern.codePointAt(position);
        position += Character.charCount(character);
        return character;
    }

    private int control() {
        int letter = atEnd() ? NONE : next();
        if (letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z') {
            return letter % 32;
        }
        return unknown('c');
    }

    private int unicode() {
        if (skip("{")) {
            int end = pattern.indexOf('}', position);
            int digits = end - position;
            int character = end < 0 || digits > 6 || digits < 1 ? NONE : hex(digits);
            if (!Character.isValidCodePoint(character) || !skip("}")) {
                return unknown('u');
            }
            return character;
        }
        int first = hex(4);
        if (Character.isHighSurrogate((char) first) && isNext("\\u")) {
            int before = position;
            position += 2;
            int second = isNext("{") ? NONE : hex(4);
            if (second != NONE && Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) first, (char) second);
            }
            position = before;
        }
        return first;
    }

    private int hex(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = atEnd() ? NONE : Character.digit(pattern.charAt(position), 16);
            if (digit < 0) {
                throw new IllegalPatternException("has an escape without its hexadecimal digits");
            }
            value = value * 16 + digit;
            position++;
        }
        return value;
    }

    private static int unknown(int escaped) {
        throw new IllegalPatternException(
                escaped >= '1' && escaped <= '9' || escaped == 'k'
                        ? "refers to a group, which is not supported: its run time could not be bounded"
                        : "has an escape that ECMA-262 does not know");
    }
}
