package io.mainstay.failover;

import io.mainstay.failover.history.End;
import io.mainstay.failover.nemesis.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Reads the ends of jobs past the service and deletes ended jobs a while later, so that a long run does not fill Redis.
 * By the machine's clock, for Redis's is not to be relied on. Not thread-safe.
 */
final class Harvest {

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

    private final List<Place> places;
    private final Duration kept;
    private final Set<String> queues = ConcurrentHashMap.newKeySet();
    /** By place, then by id. */
    private final Map<Place, Map<String, End>> known = new LinkedHashMap<>();
    /** Of known ones, those that are to be read again. */
    private final Map<Place, Set<String>> doubted = new HashMap<>();

    private final List<End> ends = new ArrayList<>();

    /**
     * @param places which have the same jobs
     * @param kept how long an ended job is left there
     */
    Harvest(List<Place> places, Duration kept, String queue) {
        this.places = places;
        this.kept = kept;
        places.forEach(place -> {
            known.put(place, new LinkedHashMap<>());
            doubted.put(place, new HashSet<>());
        });
        queues.add(queue);
    }

    void add(String queue) {
        queues.add(queue);
    }

    /** Looks at all that ended since, and deletes what is old. Redis may be away: then the next time does. */
    void sweep() {
        places.forEach(place -> queues.forEach(queue -> STATES.forEach(state -> sweep(place, queue, state))));
    }

    private void sweep(Place place, String queue, String state) {
        Map<String, End> ofPlace = known.get(place);
        String set = place.keys(queue) + state;
        List<String> there = place.call("ZRANGE", set, "0", "-1")
                .lines()
                .filter(Names.PATTERN.asMatchPredicate())
                .toList();
        Set<String> again = doubted.get(place);
        read(
                place,
                queue,
                there.stream()
                        .filter(id -> !ofPlace.containsKey(id) || again.remove(id))
                        .toList());
        Instant old = Instant.now().minus(kept);
        delete(
                place,
                queue,
                set,
                there.stream()
                        .filter(id -> ofPlace.containsKey(id)
                                && ofPlace.get(id).seen().isBefore(old))
                        .toList());
    }

    /** Has all ends that are still there read again: Redis may have others now. */
    void lookAgain() {
        known.values().forEach(Map::clear);
    }

    /** As {@link #lookAgain}, but what did not change is as old as it was. */
    void readAgain() {
        known.forEach((place, ofPlace) -> doubted.get(place).addAll(ofPlace.keySet()));
    }

    /** Jobs that ended in one way in one place, and in another elsewhere, as far as they were read. */
    List<String> disagreements() {
        List<String> found = new ArrayList<>();
        known.values().forEach(one -> known.values()
                .forEach(other -> one.forEach((id, end) -> {
                    End there = other.get(id);
                    if (there != null && !there.sameAs(end)) {
                        found.add(end + ", " + there);
                    }
                })));
        return found;
    }

    /** Of all jobs, each as often as it was seen to differ. */
    List<End> ends() {
        return List.copyOf(ends);
    }

    private void read(Place place, String queue, List<String> ids) {
        eval(READ, place, queue, place.keys(queue) + "meta", ids, Names.LUA_PATTERN)
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts.length == FIELDS)
                .forEach(parts -> note(place, parts));
    }

    private void note(Place place, String[] parts) {
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
        End before = known.get(place).get(end.job());
        if (before == null || !before.sameAs(end)) {
            known.get(place).put(end.job(), end);
        }
        boolean toldElsewhere = places.stream()
                .filter(other -> other != place)
                .map(other -> known.get(other).get(end.job()))
                .anyMatch(other -> other != null && other.sameAs(end));
        if (!toldElsewhere && (before == null || !before.sameAs(end))) {
            ends.add(end);
        }
    }

    private void delete(Place place, String queue, String set, List<String> ids) {
        // What it became since it was read first is to be known, too.
        read(place, queue, ids);
        eval(DELETE, place, queue, set, ids).forEach(deleted -> {});
        ids.forEach(id -> {
            known.get(place).remove(id);
            doubted.get(place).remove(id);
        });
    }

    private static Stream<String> eval(
            String script, Place place, String queue, String key, List<String> ids, String... arguments) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += IDS_A_CALL) {
            List<String> command = new ArrayList<>(List.of("EVAL", script, "1", key, place.keys(queue)));
            command.addAll(Arrays.asList(arguments));
            command.addAll(ids.subList(i, Math.min(ids.size(), i + IDS_A_CALL)));
            place.call(command.toArray(String[]::new)).lines().forEach(lines::add);
        }
        return lines.stream();
    }
}
