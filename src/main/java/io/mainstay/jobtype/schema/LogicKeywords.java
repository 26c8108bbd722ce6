package io.mainstay.jobtype.schema;

import java.util.List;
import java.util.Map;

/** Keywords that hold other schemas against the same value. */
final class LogicKeywords {

    private LogicKeywords() {}

    static void add(Place place) {
        for (String keyword : List.of("$ref", "$dynamicRef")) {
            if (place.has(keyword)) {
                Node[] linked = place.reader().reference(place, keyword);
                place.node.add((value, run, seen) -> linked[0].fits(value, run, seen));
            }
        }
        if (place.has("allOf")) {
            List<Node> nodes = inPlace(place, "allOf");
            place.node.add((value, run, seen) -> all(nodes, value, run, seen));
        }
        if (place.has("anyOf")) {
            List<Node> nodes = inPlace(place, "anyOf");
            String message = "must fit at least one of the %d schemas".formatted(nodes.size());
            place.node.add((value, run, seen) ->
                    count(nodes, value, run, seen, seen == null ? 1 : nodes.size()) > 0 || run.wrong("anyOf", message));
        }
        if (place.has("oneOf")) {
            List<Node> nodes = inPlace(place, "oneOf");
            String message = "must fit exactly one of the %d schemas, but fits ".formatted(nodes.size());
            place.node.add((value, run, seen) -> {
                int found = count(nodes, value, run, seen, 2);
                return found == 1 || run.wrong("oneOf", message + (found == 0 ? "none" : "more"));
            });
        }
        if (place.has("not")) {
            Node node = place.sub("not");
            place.node.inPlace.add(node);
            place.node.add((value, run, seen) ->
                    !node.tried(value, run, null) || run.wrong("not", "must not fit the schema of not"));
        }
        if (place.has("if")) {
            condition(place);
        }
        if (place.has("dependentSchemas")) {
            dependent(place);
        }
    }

    private static List<Node> inPlace(Place place, String keyword) {
        List<Node> nodes = place.subs(keyword);
        place.node.inPlace.addAll(nodes);
        return nodes;
    }

    private static boolean all(List<Node> nodes, Object value, Run run, Evaluated seen) {
        boolean fits = true;
        for (Node node : nodes) {
            fits &= node.fits(value, run, seen);
            if (!fits && run.enough()) {
                return false;
            }
        }
        return fits;
    }

    /** @param most after so many there is no need to know more */
    private static int count(List<Node> nodes, Object value, Run run, Evaluated seen, int most) {
        int found = 0;
        for (Node node : nodes) {
            if (node.tried(value, run, seen) && ++found >= most) {
                break;
            }
        }
        return found;
    }

    private static void condition(Place place) {
        Node condition = place.sub("if");
        place.node.inPlace.add(condition);
        Node then = branch(place, "then");
        Node otherwise = branch(place, "else");
        place.node.add((value, run, seen) -> {
            Node next = condition.tried(value, run, seen) ? then : otherwise;
            return next == null || next.fits(value, run, seen);
        });
    }

    private static Node branch(Place place, String keyword) {
        if (!place.has(keyword)) {
            return null;
        }
        Node node = place.sub(keyword);
        place.node.inPlace.add(node);
        return node;
    }

    private static void dependent(Place place) {
        Map<String, Node> nodes = place.named("dependentSchemas");
        place.node.inPlace.addAll(nodes.values());
        nodes.forEach((name, node) -> place.node.add((value, run, seen) ->
                !(value instanceof Map<?, ?> object) || !object.containsKey(name) || node.fits(value, run, seen)));
    }
}
