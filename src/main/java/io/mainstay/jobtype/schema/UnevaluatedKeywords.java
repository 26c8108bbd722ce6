package io.mainstay.jobtype.schema;

import java.util.List;
import java.util.Map;

/** {@code unevaluatedItems} and {@code unevaluatedProperties}: about what no other keyword has looked at. */
final class UnevaluatedKeywords {

    private static final String ITEMS = "unevaluatedItems";
    private static final String PROPERTIES = "unevaluatedProperties";

    private UnevaluatedKeywords() {}

    static void add(Place place) {
        if (place.has(ITEMS)) {
            Node node = place.sub(ITEMS);
            place.node.addLast(
                    (value, run, seen) -> !(value instanceof List<?> items) || items(node, items, run, seen));
        }
        if (place.has(PROPERTIES)) {
            Node node = place.sub(PROPERTIES);
            place.node.addLast(
                    (value, run, seen) -> !(value instanceof Map<?, ?> object) || properties(node, object, run, seen));
        }
    }

    private static boolean items(Node node, List<?> items, Run run, Evaluated seen) {
        boolean fits = true;
        run.spend(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (!seen.has(i)) {
                fits &= node.fitsWithin(i, items.get(i), ITEMS, run);
                seen.item(i);
                if (!fits && run.enough()) {
                    return false;
                }
            }
        }
        return fits;
    }

    private static boolean properties(Node node, Map<?, ?> object, Run run, Evaluated seen) {
        boolean fits = true;
        run.spend(object.size());
        for (Map.Entry<?, ?> member : object.entrySet()) {
            String name = (String) member.getKey();
            if (!seen.has(name)) {
                fits &= node.fitsWithin(name, member.getValue(), PROPERTIES, run);
                seen.name(name);
                if (!fits && run.enough()) {
                    return false;
                }
            }
        }
        return fits;
    }
}
