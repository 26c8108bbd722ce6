package io.mainstay.jobtype.schema;

import io.mainstay.job.InvalidValueException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes keywords of a document. It is one resource: only its root may have an {@code $id}, and references lead to places within it.
 * So nothing is ever loaded, and {@code $dynamicRef} is a reference like any other. Keywords that are not known mean nothing.
 */
final class SchemaReader {

    static final int LONGEST_PATTERN = 1_000;

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final int DEEPEST = 50;
    private static final int MOST_SCHEMAS = 2_000;
    private static final int MOST_PATTERNS = 100;
    private static final int MOST_PATTERN_STEPS = 20_000;

    private final Object document;
    private final Map<String, Node> nodes = new HashMap<>();
    /** Pointers of places by their names. */
    private final Map<String, String> anchors = new HashMap<>();

    private final List<Reference> references = new ArrayList<>();
    private int patterns;
    private int patternSteps;

    /** A keyword that leads elsewhere; linked when all was read. */
    private record Reference(Place place, String keyword, String target, Node[] linked) {}

    private SchemaReader(Object document) {
        this.document = document;
    }

    /** @throws InvalidValueException if it is no schema, or one that cannot be held against payloads */
    static Node read(Object document) {
        SchemaReader reader = new SchemaReader(document);
        Node root = reader.read("", document, 0);
        for (int i = 0; i < reader.references.size(); i++) {
            // More may come.
            reader.link(reader.references.get(i));
        }
        reader.checkCircles();
        reader.nodes.values().forEach(Node::close);
        return root;
    }

    Node read(String pointer, Object schema, int depth) {
        Node known = nodes.get(pointer);
        if (known != null) {
            return known;
        }
        if (nodes.size() >= MOST_SCHEMAS) {
            throw new InvalidValueException("schema", "one of more schemas", "one of at most " + MOST_SCHEMAS);
        }
        if (depth > DEEPEST) {
            throw new InvalidValueException(
                    Place.field(pointer, ""), "in schemas", "in at most " + DEEPEST + " others");
        }
        Node node = new Node(pointer);
        nodes.put(pointer, node);
        if (schema instanceof Boolean always) {
            node.never = !always;
        } else {
            Map<String, Object> keywords = Place.asObject(schema, () -> {
                throw new InvalidValueException(
                        Place.field(pointer, ""), JsonTree.describe(schema), "a schema: an object, true or false");
            });
            keywords(new Place(this, node, keywords, depth));
        }
        return node;
    }

    private void keywords(Place place) {
        names(place);
        TypeKeywords.add(place);
        NumberKeywords.add(place);
        TextKeywords.add(place);
        ArrayKeywords.add(place);
        ObjectKeywords.add(place);
        LogicKeywords.add(place);
        UnevaluatedKeywords.add(place);
    }

    private void names(Place place) {
        if (place.has("$schema")
                && !place.text("$schema").equals(DIALECT)
                && !place.text("$schema").equals(DIALECT + "#")) {
            place.fail("$schema", DIALECT);
        }
        if (place.has("$id") && !place.node.pointer.isEmpty()) {
            place.fail("$id", "left out except at the root");
        }
        for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
            if (place.has(keyword)) {
                String name = place.text(keyword);
                if (!name.matches("[A-Za-z_][-A-Za-z0-9._]*")) {
                    place.fail(keyword, "a name");
                }
                String other = anchors.put(name, place.node.pointer);
                if (other != null && !other.equals(place.node.pointer)) {
                    place.fail(keyword, "a name that no other place of the schema has");
                }
            }
        }
        if (place.has("$defs")) {
            place.named("$defs");
        }
    }

    /** @return gets the schema that the keyword leads to, once all was read */
    Node[] reference(Place place, String keyword) {
        Node[] linked = new Node[1];
        references.add(new Reference(place, keyword, place.text(keyword), linked));
        return linked;
    }

    private void link(Reference reference) {
        if (!reference.target.startsWith("#")) {
            reference.place.fail(reference.keyword, "a reference within the schema, which begins with #");
        }
        String fragment = decoded(reference);
        String pointer = fragment.isEmpty() || fragment.startsWith("/") ? fragment : anchors.get(fragment);
        Node node = pointer == null ? null : nodes.get(pointer);
        if (node == null && pointer != null) {
            Object schema = at(pointer);
            node = schema == null ? null : read(pointer, schema, 0);
        }
        if (node == null) {
            reference.place.fail(reference.keyword, "a place that the schema has");
        }
        reference.linked[0] = node;
        reference.place.node.inPlace.add(node);
    }

    private static String decoded(Reference reference) {
        try {
            return URLDecoder.decode(reference.target.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return reference.place.fail(reference.keyword, "a reference without broken percent signs");
        }
    }

    private Object at(String pointer) {
        Object at = document;
        for (String step : pointer.substring(1).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (at instanceof Map<?, ?> members) {
                at = members.get(name);
            } else if (at instanceof List<?> items && name.matches("0|[1-9]\\d{0,8}")) {
                int index = Integer.parseInt(name);
                at = index < items.size() ? items.get(index) : null;
            } else {
                return null;
            }
        }
        return at;
    }

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    void onePattern(Place place, String keyword, int steps) {
        patternSteps += steps;
        if (++patterns > MOST_PATTERNS || patternSteps > MOST_PATTERN_STEPS) {
            place.fail(
                    keyword,
                    "one of at most %d regular expressions of the schema, of %d steps in all"
                            .formatted(MOST_PATTERNS, MOST_PATTERN_STEPS));
        }
    }

    /** A schema that is held against a value again before it has come any deeper never comes to an end. */
    private void checkCircles() {
        Set<Node> done = new HashSet<>();
        Set<Node> open = new HashSet<>();
        nodes.values().forEach(node -> checkCircles(node, open, done));
    }

    private static void checkCircles(Node node, Set<Node> open, Set<Node> done) {
        if (done.contains(node)) {
            return;
        }
        if (!open.add(node)) {
            throw new InvalidValueException(
                    Place.field(node.pointer, ""), "in itself", "one that does not refer to itself for the same value");
        }
        for (Node next : node.inPlace) {
            checkCircles(next, open, done);
        }
        open.remove(node);
        done.add(node);
    }
}
