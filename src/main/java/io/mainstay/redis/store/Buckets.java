package io.mainstay.redis.store;

import io.mainstay.job.QueueName;
import io.mainstay.redis.topology.Slots;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which keys share a slot of a cluster: each queue belongs to one of {@value #COUNT} buckets, by the CRC-16 of its name; its
 * partitions are in others, evenly spaced from there. The
 * hash tag of a bucket is its number, a dot and the first number that leads into its part of all slots, so that shards get
 * equal shares. Never to be changed: queues would not be found any more.
 */
public final class Buckets {

    public static final int COUNT = 32;

    /** Of each bucket, the key that says what is due: whoever asks for these asks every shard that queues are on. */
    static final List<String> NEXT;

    private static final int SLOTS_EACH = Slots.COUNT / COUNT;
    private static final String[] PREFIXES = new String[COUNT];

    static {
        for (int bucket = 0; bucket < COUNT; bucket++) {
            PREFIXES[bucket] = prefix(bucket);
        }
        NEXT = IntStream.range(0, COUNT).mapToObj(Buckets::next).toList();
    }

    private Buckets() {}

    public static int of(QueueName queue) {
        int ofQueue = Slots.of(queue.logical().value()) % COUNT;
        return (ofQueue + queue.partition() * COUNT / queue.partitions()) % COUNT;
    }

    /** What the names of all keys of a bucket begin with. */
    public static String prefixOf(int bucket) {
        return PREFIXES[bucket];
    }

    /** Its queues, a sorted set in which all scores are 0. */
    static String names(int bucket) {
        return PREFIXES[bucket] + "names";
    }

    /** What is to be done for its queues, by when. */
    public static String next(int bucket) {
        return PREFIXES[bucket] + "next";
    }

    private static String prefix(int bucket) {
        for (int number = 0; ; number++) {
            String prefix = "ms:{" + bucket + "." + number + "}:";
            if (Slots.of(prefix) / SLOTS_EACH == bucket) {
                return prefix;
            }
        }
    }
}
