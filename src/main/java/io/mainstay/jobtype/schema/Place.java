package io.mainstay.jobtype.schema;

import io.mainstay.job.InvalidValueException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema of the document while it is read: what its keywords are, each of the type that it must be. */
final class Place {

    private static final String FIELD = "schema";

    final Node node;
    private final SchemaReader reader;
    private final Map<String, Object> schema;
    private final int depth;

    Place(SchemaReader reader, Node node, Map<String, Object> schema, int depth) {
        this.reader = reader;
        this.node = node;
        this.schema = schema;
        this.depth = depth;
    }

    SchemaReader reader() {
        return reader;
    }

    boolean has(String keyword) {
        return schema.containsKey(keyword);
    }

    Object value(String keyword) {
        return schema.get(keyword);
    }

    String text(String keyword) {
        return value(keyword) instanceof String text ? text : fail(keyword, "a string");
    }

    boolean flag(String keyword) {
        return value(keyword) instanceof Boolean flag ? flag : fail(keyword, "true or false");
    }

    BigDecimal number(String keyword) {
        return value(keyword) instanceof BigDecimal number ? number : fail(keyword, "a number");
    }

    /** A whole number from 0; one that is larger than any count is as good as the largest. */
    int count(String keyword) {
        if (value(keyword) instanceof BigDecimal number && number.scale() <= 0 && number.signum() >= 0) {
            return number.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
        }
        return fail(keyword, "a whole number from 0");
    }

    /** No text twice. */
    List<String> texts(String keyword, Object value) {
        List<String> texts = new ArrayList<>();
        for (Object each : list(keyword, value)) {
            if (!(each instanceof String text)) {
                return fail(keyword, "an array of strings");
            }
            texts.add(text);
        }
        if (new HashSet<>(texts).size() < texts.size()) {
            return fail(keyword, "an array of different strings");
        }
        return texts;
    }

    List<?> list(String keyword, Object value) {
        return value instanceof List<?> list ? list : fail(keyword, "an array");
    }

    Map<String, Object> members(String keyword) {
        return asObject(value(keyword), () -> fail(keyword, "an object"));
    }

    /** @param other what to do if it is no object */
    @SuppressWarnings("unchecked")
    static Map<String, Object> asObject(Object value, java.util.function.Supplier<Map<String, Object>> other) {
        return value instanceof Map ? (Map<String, Object>) value : other.get();
    }

    /** The schema that is the value of a keyword. */
    Node sub(String keyword) {
        return reader.read(node.pointer + "/" + keyword, value(keyword), depth + 1);
    }

    /** Those that are in its value, an array of one or more. */
    List<Node> subs(String keyword) {
        List<?> schemas = list(keyword, value(keyword));
        if (schemas.isEmpty()) {
            return fail(keyword, "an array of one schema or more");
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < schemas.size(); i++) {
            nodes.add(reader.read(node.pointer + "/" + keyword + "/" + i, schemas.get(i), depth + 1));
        }
        return nodes;
    }

    /** Those that are the members of its value. */
    Map<String, Node> named(String keyword) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        members(keyword)
                .forEach((name, each) -> nodes.put(
                        name,
                        reader.read(node.pointer + "/" + keyword + "/" + SchemaReader.escaped(name), each, depth + 1)));
        return nodes;
    }

    PatternProgram pattern(String keyword, String pattern) {
        if (pattern.length() > SchemaReader.LONGEST_PATTERN) {
            return fail(keyword, "a regular expression of at most " + SchemaReader.LONGEST_PATTERN + " characters");
        }
        try {
            PatternProgram program = PatternProgram.of(pattern);
            reader.onePattern(this, keyword, program.length());
            return program;
        } catch (IllegalPatternException e) {
            throw new InvalidValueException(
                    field(node.pointer, keyword), pattern, "a regular expression of ECMA-262; it " + e.getMessage());
        }
    }

    /** @param allowed in words */
    <T> T fail(String keyword, String allowed) {
        throw new InvalidValueException(field(node.pointer, keyword), shown(value(keyword)), allowed);
    }

    static String field(String pointer, String keyword) {
        String path = pointer.replace('/', '.') + (keyword.isEmpty() ? "" : "." + keyword);
        return FIELD + (path.length() <= 200 ? path : path.substring(0, 200) + "…");
    }

    private static Object shown(Object value) {
        return value instanceof Map || value instanceof List ? JsonTree.describe(value) : value;
    }
}
