package io.mainstay.jobtype.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keywords about objects, but for those that hold schemas against the object itself. */
final class ObjectKeywords {

    private ObjectKeywords() {}

    static void add(Place place) {
        members(place);
        if (place.has("propertyNames")) {
            Node names = place.sub("propertyNames");
            place.node.add((value, run, seen) -> !(value instanceof Map<?, ?> object) || names(names, object, run));
        }
        if (place.has("required")) {
            List<String> required = place.texts("required", place.value("required"));
            place.node.add((value, run, seen) ->
                    !(value instanceof Map<?, ?> object) || required(required, object, run, "required"));
        }
        if (place.has("dependentRequired")) {
            place.members("dependentRequired").forEach((name, needed) -> {
                List<String> required = place.texts("dependentRequired", needed);
                place.node.add((value, run, seen) -> !(value instanceof Map<?, ?> object)
                        || !object.containsKey(name)
                        || required(required, object, run, "dependentRequired"));
            });
        }
        sizes(place);
    }

    /** {@code properties}, {@code patternProperties}, {@code additionalProperties}. */
    private static void members(Place place) {
        Map<String, Node> named = place.has("properties") ? place.named("properties") : Map.of();
        Map<PatternProgram, Node> patterns = new LinkedHashMap<>();
        if (place.has("patternProperties")) {
            place.named("patternProperties")
                    .forEach((pattern, node) -> patterns.put(place.pattern("patternProperties", pattern), node));
        }
        Node others = place.has("additionalProperties") ? place.sub("additionalProperties") : null;
        if (named.isEmpty() && patterns.isEmpty() && others == null) {
            return;
        }
        place.node.add((value, run, seen) -> {
            if (!(value instanceof Map<?, ?> object)) {
                return true;
            }
            boolean fits = true;
            for (Map.Entry<?, ?> member : object.entrySet()) {
                fits &= member(named, patterns, others, member, run, seen);
                if (!fits && run.enough()) {
                    return false;
                }
            }
            return fits;
        });
    }

    private static boolean member(
            Map<String, Node> named,
            Map<PatternProgram, Node> patterns,
            Node others,
            Map.Entry<?, ?> member,
            Run run,
            Evaluated seen) {
        String name = (String) member.getKey();
        boolean fits = true;
        boolean known = false;
        Node own = named.get(name);
        run.spend(1);
        if (own != null) {
            known = true;
            fits = own.fitsWithin(name, member.getValue(), "properties", run);
        }
        for (Map.Entry<PatternProgram, Node> each : patterns.entrySet()) {
            if (each.getKey().finds(name, run)) {
                known = true;
                fits &= each.getValue().fitsWithin(name, member.getValue(), "patternProperties", run);
            }
        }
        if (!known && others != null) {
            known = true;
            fits = others.fitsWithin(name, member.getValue(), "additionalProperties", run);
        }
        if (known && seen != null) {
            seen.name(name);
        }
        return fits;
    }

    private static boolean names(Node node, Map<?, ?> object, Run run) {
        boolean fits = true;
        for (Object name : object.keySet()) {
            if (!node.tried(name, run, null)) {
                run.enter(name);
                fits = run.wrong("propertyNames", "has a name that the schema does not allow");
                run.leave();
                if (run.enough()) {
                    return false;
                }
            }
        }
        return fits;
    }

    private static boolean required(List<String> names, Map<?, ?> object, Run run, String keyword) {
        run.spend(names.size());
        boolean fits = true;
        for (String name : names) {
            if (!object.containsKey(name)) {
                fits = run.wrong(keyword, "must have the property " + name);
                if (run.enough()) {
                    return false;
                }
            }
        }
        return fits;
    }

    private static void sizes(Place place) {
        if (place.has("minProperties")) {
            int least = place.count("minProperties");
            place.node.add((value, run, seen) -> !(value instanceof Map<?, ?> object)
                    || object.size() >= least
                    || run.wrong("minProperties", "must have at least " + least + " properties"));
        }
        if (place.has("maxProperties")) {
            int most = place.count("maxProperties");
            place.node.add((value, run, seen) -> !(value instanceof Map<?, ?> object)
                    || object.size() <= most
                    || run.wrong("maxProperties", "must have at most " + most + " properties"));
        }
    }
}
