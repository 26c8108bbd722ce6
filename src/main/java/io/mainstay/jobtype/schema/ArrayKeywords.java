package io.mainstay.jobtype.schema;

import java.util.List;

/** Keywords about arrays. */
final class ArrayKeywords {

    private ArrayKeywords() {}

    static void add(Place place) {
        List<Node> first = place.has("prefixItems") ? place.subs("prefixItems") : List.of();
        if (!first.isEmpty()) {
            place.node.add((value, run, seen) -> !(value instanceof List<?> items) || first(first, items, run, seen));
        }
        if (place.has("items")) {
            Node rest = place.sub("items");
            place.node.add((value, run, seen) ->
                    !(value instanceof List<?> items) || rest(rest, first.size(), items, run, seen));
        }
        sizes(place);
        if (place.has("uniqueItems") && place.flag("uniqueItems")) {
            // Made here and not once for all: what is made before a native image starts is the same in each process.
            ValueHash hash = new ValueHash();
            place.node.add((value, run, seen) -> !(value instanceof List<?> items) || unique(hash, items, run));
        }
        if (place.has("contains")) {
            contains(place);
        }
    }

    private static boolean first(List<Node> nodes, List<?> items, Run run, Evaluated seen) {
        boolean fits = true;
        for (int i = 0; i < Math.min(nodes.size(), items.size()); i++) {
            fits &= nodes.get(i).fitsWithin(i, items.get(i), "prefixItems", run);
            see(seen, i);
            if (!fits && run.enough()) {
                return false;
            }
        }
        return fits;
    }

    private static boolean rest(Node node, int from, List<?> items, Run run, Evaluated seen) {
        boolean fits = true;
        for (int i = from; i < items.size(); i++) {
            fits &= node.fitsWithin(i, items.get(i), "items", run);
            see(seen, i);
            if (!fits && run.enough()) {
                return false;
            }
        }
        return fits;
    }

    private static void sizes(Place place) {
        if (place.has("minItems")) {
            int least = place.count("minItems");
            place.node.add((value, run, seen) -> !(value instanceof List<?> items)
                    || items.size() >= least
                    || run.wrong("minItems", "must have at least " + least + " items"));
        }
        if (place.has("maxItems")) {
            int most = place.count("maxItems");
            place.node.add((value, run, seen) -> !(value instanceof List<?> items)
                    || items.size() <= most
                    || run.wrong("maxItems", "must have at most " + most + " items"));
        }
    }

    private static boolean unique(ValueHash hash, List<?> items, Run run) {
        int[] twins = hash.firstTwin(List.copyOf(items), run);
        return twins == null
                || run.wrong("uniqueItems", "must have no item twice, but %d equals %d".formatted(twins[0], twins[1]));
    }

    private static void contains(Place place) {
        Node node = place.sub("contains");
        int least = place.has("minContains") ? place.count("minContains") : 1;
        int most = place.has("maxContains") ? place.count("maxContains") : Integer.MAX_VALUE;
        place.node.add((value, run, seen) -> {
            if (!(value instanceof List<?> items)) {
                return true;
            }
            int found = 0;
            for (int i = 0; i < items.size(); i++) {
                if (node.tried(items.get(i), run, null)) {
                    found++;
                    see(seen, i);
                }
            }
            if (found < least) {
                String keyword = least == 1 ? "contains" : "minContains";
                return run.wrong(keyword, "must have at least " + least + " items of a kind, but has " + found);
            }
            return found <= most
                    || run.wrong("maxContains", "must have at most " + most + " items of a kind, but has " + found);
        });
    }

    private static void see(Evaluated seen, int index) {
        if (seen != null) {
            seen.item(index);
        }
    }
}
