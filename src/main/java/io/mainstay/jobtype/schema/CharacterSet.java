package io.mainstay.jobtype.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Which characters (code points) a part of a pattern takes. Thread-safe. */
record CharacterSet(List<IntPredicate> parts, boolean inverted) implements IntPredicate {

    static final IntPredicate DIGIT = range('0', '9');
    static final IntPredicate WORD =
            c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    /** WhiteSpace and LineTerminator of ECMA-262. */
    static final IntPredicate SPACE = c -> c >= '\t' && c <= '\r'
            || c == ' '
            || c == 0xA0
            || c == 0xFEFF
            || c == 0x2028
            || c == 0x2029
            || c > 127 && Character.getType(c) == Character.SPACE_SEPARATOR;
    /** What a dot takes. */
    static final IntPredicate NO_LINE_END = c -> c != '\n' && c != '\r' && c != 0x2028 && c != 0x2029;

    CharacterSet {
        parts = List.copyOf(parts);
    }

    static IntPredicate range(int first, int last) {
        return c -> c >= first && c <= last;
    }

    @Override
    public boolean test(int character) {
        for (IntPredicate part : parts) {
            if (part.test(character)) {
                return !inverted;
            }
        }
        return inverted;
    }

    /** Those of one in brackets, while they are read. */
    static final class Draft {

        private final List<IntPredicate> parts = new ArrayList<>();

        void add(IntPredicate part) {
            parts.add(part);
        }

        CharacterSet finish(boolean inverted) {
            return new CharacterSet(parts, inverted);
        }
    }
}
