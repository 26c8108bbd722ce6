package io.mainstay.jobtype.schema;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** Which members or items of one value were looked at by some keyword that the value fits. */
final class Evaluated {

    private final Set<String> names = new HashSet<>();
    private final BitSet items = new BitSet();

    void name(String name) {
        names.add(name);
    }

    void item(int index) {
        items.set(index);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    boolean has(int index) {
        return items.get(index);
    }

    int size() {
        return names.size() + items.cardinality();
    }

    void addAll(Evaluated more) {
        names.addAll(more.names);
        items.or(more.items);
    }
}
