package io.mainstay.queue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.ToLongFunction;

/**
 * How large one call to the store is, and its answer: bounds for how long it holds its connection, the store and memory, whatever
 * jobs carry. The scripts know the same number.
 */
public final class CallSize {

    /** Where a call or an answer with more than one item ends, in bytes; one item may be larger. */
    public static final long MOST_BYTES = 1 << 20;

    private CallSize() {}

    /** Size of a text in bytes of UTF-8. */
    public static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Takes from the front of a line what goes together in one call: small enough, or one item whatever its size.
     *
     * @param most items
     * @param bytes size of an item
     */
    public static <T> List<T> take(Queue<T> waiting, int most, ToLongFunction<? super T> bytes) {
        List<T> taken = new ArrayList<>(Math.min(waiting.size(), most));
        long size = 0;
        while (!waiting.isEmpty() && taken.size() < most) {
            size += bytes.applyAsLong(waiting.peek());
            if (size > MOST_BYTES && !taken.isEmpty()) {
                break;
            }
            taken.add(waiting.poll());
        }
        return taken;
    }

    /**
     * Cuts a list into parts that are small enough each, in its order.
     *
     * @param most items of a part
     * @param bytes size of an item
     */
    public static <T> List<List<T>> split(List<T> items, int most, ToLongFunction<? super T> bytes) {
        List<List<T>> parts = new ArrayList<>();
        int from = 0;
        long size = 0;
        for (int i = 0; i < items.size(); i++) {
            long more = bytes.applyAsLong(items.get(i));
            if (i > from && (i - from == most || size + more > MOST_BYTES)) {
                parts.add(items.subList(from, i));
                from = i;
                size = 0;
            }
            size += more;
        }
        if (from < items.size()) {
            parts.add(items.subList(from, items.size()));
        }
        return parts;
    }
}
