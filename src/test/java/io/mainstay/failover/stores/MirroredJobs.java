package io.mainstay.failover.stores;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Jobs of a mirrored queue as both stores have them, read past the service. */
record MirroredJobs(RedisNode first, RedisNode second, QueueName queue) {

    /** Of {@link #left()}. */
    static final String NOTHING = "0 0 0 0 0 0";

    private static final int IDS_A_CALL = 500;
    private static final int WORDS = 6;
    private static final String READ = """
            local read = {}
            for i = 2, #ARGV do
              local job = redis.call('HMGET', ARGV[1] .. ARGV[i], 'state', 'e', 'b', 'f', 'v')
              read[#read + 1] = table.concat({ ARGV[i], job[1] or 'gone', job[2] or '0', job[3] or '0', job[4] or '0', job[5] or '0' }, ' ')
            end
            return read""";

    private static final String LEFT = """
            local left = {}
            for i = 2, #KEYS do left[#left + 1] = redis.call('ZCARD', KEYS[i]) end
            return table.concat(left, ' ')""";

    /** A job in one store; times are of that store. */
    record Job(String state, long enqueued, long started, long finished, String version) {

        boolean isThere() {
            return !state.equals("gone");
        }

        boolean succeeded() {
            return state.equals("succeeded");
        }

        Instant enqueuedAt() {
            return Instant.ofEpochMilli(enqueued);
        }

        /** From its enqueue to the start of the latest run. */
        Duration untilStart() {
            return Duration.ofMillis(started - enqueued);
        }

        /** Whether the two say the same of its end. */
        boolean sameEnd(Job other) {
            return state.equals(other.state) && finished == other.finished && version.equals(other.version);
        }
    }

    Map<String, Job> inFirst(Collection<String> ids) {
        return read(first, queue, ids);
    }

    Map<String, Job> inSecond(Collection<String> ids) {
        return read(second, queue.inSecondStore(), ids);
    }

    /** As a store has it in which it succeeded. */
    Stream<Job> succeeded(Collection<String> ids) {
        Map<String, Job> one = inFirst(ids);
        Map<String, Job> other = inSecond(ids);
        return ids.stream()
                .map(id -> Stream.of(one.get(id), other.get(id))
                        .filter(job -> job != null && job.succeeded())
                        .findFirst())
                .flatMap(Optional::stream);
    }

    /** Jobs that did not succeed, or of which the two stores say different things; a store that lost its data may know nothing of what has ended. */
    List<String> disagreements(Collection<String> ids) {
        Map<String, Job> one = inFirst(ids);
        Map<String, Job> other = inSecond(ids);
        return ids.stream()
                .filter(id -> {
                    List<Job> there = Stream.of(one.get(id), other.get(id))
                            .filter(Objects::nonNull)
                            .filter(Job::isThere)
                            .toList();
                    return there.isEmpty()
                            || !there.stream().allMatch(Job::succeeded)
                            || !there.get(0).sameEnd(there.get(there.size() - 1));
                })
                .map(id -> id + ": " + one.get(id) + ", " + other.get(id))
                .toList();
    }

    /** Of each store, how many jobs wait, run, or are copies, and of how many the other has not heard. */
    List<String> left() {
        return List.of(left(first, queue), left(second, queue.inSecondStore()));
    }

    boolean secondOwns() {
        return second.call("HGET", new RedisKeys(queue.inSecondStore()).base() + "meta", "mirror")
                .startsWith("own");
    }

    private static String left(RedisNode node, QueueName place) {
        String base = new RedisKeys(place).base();
        List<String> command = new ArrayList<>(List.of("EVAL", LEFT, "7", base + "meta"));
        Stream.of("ready", "apart", "scheduled", "running", "held", "outbox").forEach(set -> command.add(base + set));
        return node.call(command.toArray(String[]::new));
    }

    private static Map<String, Job> read(RedisNode node, QueueName place, Collection<String> ids) {
        Map<String, Job> jobs = new HashMap<>();
        String base = new RedisKeys(place).base();
        List<String> all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += IDS_A_CALL) {
            List<String> command = new ArrayList<>(List.of("EVAL", READ, "1", base + "meta", base + "job:"));
            command.addAll(all.subList(i, Math.min(all.size(), i + IDS_A_CALL)));
            node.call(command.toArray(String[]::new))
                    .lines()
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == WORDS)
                    .forEach(words -> jobs.put(
                            words[0],
                            new Job(
                                    words[1],
                                    Long.parseLong(words[2]),
                                    Long.parseLong(words[3]),
                                    Long.parseLong(words[4]),
                                    words[5])));
        }
        return jobs;
    }
}
