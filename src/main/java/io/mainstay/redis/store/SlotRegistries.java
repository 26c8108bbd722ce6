package io.mainstay.redis.store;

import io.mainstay.redis.topology.Slots;

/**
 * Names of the registries of queues in a cluster: one in each slot, for the queues of that slot. The hash tag is the first
 * number, behind a colon that no queue's name has, that leads there. Never to be changed: queues would not be found any more.
 */
final class SlotRegistries {

    /** What all registries end with; scripts know them by it. */
    private static final String SUFFIX = "}:queues";

    private SlotRegistries() {}

    /** The registry in the slot of a key. */
    static String beside(String key) {
        return in(Slots.of(key));
    }

    /** @param slot 0 to 16383 */
    static String in(int slot) {
        return tagged(Numbers.BY_SLOT[slot]);
    }

    private static String tagged(int number) {
        return "ms:{:" + number + SUFFIX;
    }

    /** Worked out on first use, within a few milliseconds: only a cluster needs them. */
    private static final class Numbers {

        private static final int[] BY_SLOT = find();

        private static int[] find() {
            int[] numbers = new int[Slots.COUNT];
            int missing = numbers.length;
            for (int number = 1; missing > 0; number++) {
                int slot = Slots.of(tagged(number));
                if (numbers[slot] == 0) {
                    numbers[slot] = number;
                    missing--;
                }
            }
            return numbers;
        }
    }
}
