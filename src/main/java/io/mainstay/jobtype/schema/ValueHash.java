package io.mainstay.jobtype.schema;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds equal values among many. Hashes are seeded again for each schema: those of Java can be made to collide by whoever
 * chooses the values, and then comparing 50,000 of them takes a minute.
 */
final class ValueHash {

    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final int CHARACTERS_A_STEP = 16;

    private final long seed;

    ValueHash() {
        this(new SecureRandom().nextLong());
    }

    ValueHash(long seed) {
        this.seed = seed;
    }

    /** The places of two that are equal, the later first; or null. */
    int[] firstTwin(List<Object> values, Run run) {
        Map<Long, Integer> seen = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            long place = hash(values.get(i), run);
            Integer other = seen.putIfAbsent(place, i);
            while (other != null) {
                if (values.get(i).equals(values.get(other))) {
                    return new int[] {i, other};
                }
                other = seen.putIfAbsent(++place, i);
            }
        }
        return null;
    }

    private long hash(Object value, Run run) {
        run.spend(1);
        if (value instanceof String text) {
            return ofText(text, run);
        } else if (value instanceof BigDecimal number) {
            return mixed(seed + 2, ofText(number.toString(), run));
        } else if (value instanceof List<?> items) {
            long hash = seed + 4;
            for (Object item : items) {
                hash = mixed(hash, hash(item, run));
            }
            return hash;
        } else if (value instanceof Map<?, ?> members) {
            long hash = seed + 5;
            for (Map.Entry<?, ?> member : members.entrySet()) {
                // In whatever order they come.
                hash += mixed(hash(member.getKey(), run), hash(member.getValue(), run));
            }
            return mixed(hash, members.size());
        }
        // One of null, true and false.
        return mixed(seed + 6, value.toString().hashCode());
    }

    private long ofText(String text, Run run) {
        run.spend(text.length() / CHARACTERS_A_STEP);
        long hash = seed + 1;
        for (int i = 0; i < text.length(); i++) {
            hash = mixed(hash, text.charAt(i));
        }
        return mixed(hash, text.length());
    }

    private static long mixed(long hash, long value) {
        long mixed = (hash ^ value) * PRIME;
        mixed = (mixed ^ mixed >>> 32) * PRIME;
        return mixed ^ mixed >>> 29;
    }
}
