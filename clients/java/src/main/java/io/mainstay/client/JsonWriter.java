package io.mainstay.client;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON. */
final class JsonWriter {

    private static final char FIRST_PRINTABLE = 0x20;

    private JsonWriter() {}

    static void write(Object value, StringBuilder out) {
        if (value instanceof JsonValue json) {
            write(json.value(), out);
        } else if (value instanceof Map<?, ?> members) {
            writeMembers(members, out);
        } else if (value instanceof List<?> items) {
            writeItems(items, out);
        } else if (value instanceof String text) {
            writeText(text, out);
        } else if (value instanceof JsonValue.Literal number) {
            out.append(number.text());
        } else {
            out.append(value);
        }
    }

    private static void writeMembers(Map<?, ?> members, StringBuilder out) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> all = members.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<?, ?> member = all.next();
            writeText((String) member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            if (all.hasNext()) {
                out.append(',');
            }
        }
        out.append('}');
    }

    private static void writeItems(List<?> items, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(items.get(i), out);
        }
        out.append(']');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || Character.isSurrogate(c) && !isPaired(text, i)) {
                // Half of a pair has no UTF-8.
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int i) {
        if (Character.isHighSurrogate(text.charAt(i))) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
