package io.mainstay.failover;

import io.mainstay.failover.history.End;
import io.mainstay.failover.nemesis.Names;
import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the ends of jobs past the service and deletes ended jobs a while later, so that a long run does not fill Redis.
 * By the machine's clock, for Redis's is not to be relied on. Not thread-safe.
 */
final class Harvest {

    private static final Duration KEPT = Duration.ofSeconds(20);
    private static final int IDS_A_CALL = 200;
    private static final List<String> STATES = List.of("succeeded", "dead", "cancelled");

    private static final int FIELDS = 7;

    private static final String READ = """
            local read = {}
            for i = 3, #ARGV do
              local job = redis.call('HMGET', ARGV[1] .. 'job:' .. ARGV[i],
                'state', 'a', 'f', 'errors', 'result', 'returned')
              if job[1] and job[3] then
                local failures = {}
                for n, failure in ipairs(cjson.decode(job[4] or '[]')) do
                  failures[n] = failure.attempt .. ':' .. failure.type
                end
                local others = string.gsub((job[5] or '') .. (job[4] or ''), ARGV[i], '')
                -- What may be empty stands in the middle: the ends of answers are cut.
                read[#read + 1] = table.concat({ ARGV[i], job[1], table.concat(failures, ','),
                  string.match(others, ARGV[2]) or '', job[2] or '0', job[6] or '0', job[3] }, ' ')
              end
            end
            return read""";

    private static final String DELETE = """
            local deleted = 0
            for i = 2, #ARGV do
              if redis.call('ZREM', KEYS[1], ARGV[i]) == 1 then
                deleted = deleted + redis.call('DEL', ARGV[1] .. 'job:' .. ARGV[i], ARGV[1] .. 'payload:' .. ARGV[i])
              end
            end
            return deleted""";

    private final Supplier<RedisNode> node;
    private final Set<String> queues = ConcurrentHashMap.newKeySet();
    private final Map<String, End> known = new LinkedHashMap<>();
    private final List<End> ends = new ArrayList<>();

    Harvest(Supplier<RedisNode> node, String queue) {
        this.node = node;
        queues.add(queue);
    }

    void add(String queue) {
        queues.add(queue);
    }

    /** Looks at all that ended since, and deletes what is old. Redis may be away: then the next time does. */
    void sweep() {
        for (String queue : queues) {
            for (String state : STATES) {
                String set = new RedisKeys(new QueueName(queue)).base() + state;
                List<String> there = node.get()
                        .call("ZRANGE", set, "0", "-1")
                        .lines()
                        .filter(Names.PATTERN.asMatchPredicate())
                        .toList();
                read(queue, there.stream().filter(id -> !known.containsKey(id)).toList());
                Instant old = Instant.now().minus(KEPT);
                delete(
                        queue,
                        set,
                        there.stream()
                                .filter(id -> known.containsKey(id)
                                        && known.get(id).seen().isBefore(old))
                                .toList());
            }
        }
    }

    /** Has all ends that are still there read again: Redis may have others now. */
    void lookAgain() {
        known.clear();
    }

    /** Of all jobs, each as often as it was seen to differ. */
    List<End> ends() {
        return List.copyOf(ends);
    }

    private void read(String queue, List<String> ids) {
        eval(READ, queue, new RedisKeys(new QueueName(queue)).base() + "meta", ids, Names.LUA_PATTERN)
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts.length == FIELDS)
                .forEach(this::note);
    }

    private void note(String[] parts) {
        List<End.Failure> failures = Stream.of(parts[2].split(","))
                .filter(failure -> !failure.isEmpty())
                .map(failure -> failure.split(":"))
                .map(failure -> new End.Failure(Integer.parseInt(failure[0]), failure[1]))
                .toList();
        End end = new End(
                parts[0],
                parts[1],
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]),
                Long.parseLong(parts[6]),
                failures,
                parts[3],
                Instant.now());
        End before = known.put(end.job(), end);
        if (before == null || !before.sameAs(end)) {
            ends.add(end);
        }
    }

    private void delete(String queue, String set, List<String> ids) {
        // What it became since it was read first is to be known, too.
        read(queue, ids);
        eval(DELETE, queue, set, ids).forEach(deleted -> {});
        ids.forEach(known::remove);
    }

    private Stream<String> eval(String script, String queue, String key, List<String> ids, String... arguments) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += IDS_A_CALL) {
            List<String> command =
                    new ArrayList<>(List.of("EVAL", script, "1", key, new RedisKeys(new QueueName(queue)).base()));
            command.addAll(Arrays.asList(arguments));
            command.addAll(ids.subList(i, Math.min(ids.size(), i + IDS_A_CALL)));
            node.get().call(command.toArray(String[]::new)).lines().forEach(lines::add);
        }
        return lines.stream();
    }
}
