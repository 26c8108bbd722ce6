package io.mainstay.failover;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One queue as it is kept, read past the service. Times are Redis's, whose clock is this machine's. */
final class StoredJobs {

    private static final int IDS_A_CALL = 500;

    private static final String FIRST_DONE = """
            local done = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, 2000)
            for i = 1, #done, 2 do
              local started = redis.call('HGET', ARGV[1] .. done[i], 'b')
              if started and tonumber(started) >= tonumber(ARGV[2]) then return done[i + 1] end
            end
            return ''""";

    private static final String NOT_ENDED = """
            local left = {}
            for i = 2, #ARGV do
              local state = redis.call('HGET', ARGV[1] .. ARGV[i], 'state')
              if state ~= 'succeeded' and state ~= 'dead' and state ~= 'cancelled' then
                left[#left + 1] = ARGV[i] .. '=' .. (state or 'gone')
              end
            end
            return left""";

    private static final String LONGEST_WAIT = """
            local longest = 0
            for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
              local job = redis.call('HMGET', ARGV[1] .. id, 'e', 'd', 'b', 'c')
              if job[4] == '1' then
                longest = math.max(longest, tonumber(job[3]) - tonumber(job[2] or job[1]))
              end
            end
            return longest""";

    private static final String RUN_AGAIN = """
            local again = 0
            for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
              if redis.call('HGET', ARGV[1] .. id, 'c') ~= '1' then again = again + 1 end
            end
            return again""";

    private final Supplier<RedisNode> node;
    private final String key;

    /** @param node who has the queue at the moment */
    StoredJobs(Supplier<RedisNode> node, String queue) {
        this(node, new QueueName(queue));
    }

    /** @param place of the queue, in the first store or the second */
    StoredJobs(Supplier<RedisNode> node, QueueName place) {
        this.node = node;
        this.key = new RedisKeys(place).base();
    }

    /** End of the first job that was both begun and done at or after a time. */
    Optional<Instant> firstDoneFrom(Instant time) {
        return number(eval(FIRST_DONE, List.of(Long.toString(time.toEpochMilli()))))
                .map(Instant::ofEpochMilli);
    }

    /** Those of the ids whose jobs have not ended or are not there, each with its state. */
    List<String> notEnded(List<String> ids) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += IDS_A_CALL) {
            eval(NOT_ENDED, ids.subList(i, Math.min(ids.size(), i + IDS_A_CALL)))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(left::add);
        }
        return left;
    }

    /** Whether an element of {@link #notEnded} is a job that is not there. */
    static boolean isGone(String jobWithState) {
        return jobWithState.endsWith("=gone");
    }

    /** Longest time from due to begun, of jobs that were claimed once. */
    Duration longestWait() {
        return Duration.ofMillis(number(eval(LONGEST_WAIT, List.of())).orElse(0L));
    }

    /** Jobs that were claimed more than once: attempts that nobody was known to have begun are given back, claims count. */
    long runAgain() {
        return number(eval(RUN_AGAIN, List.of())).orElse(0L);
    }

    /** Jobs in the set of a state. */
    long count(String state) {
        return number(node.get().call("ZCARD", key + state)).orElse(0L);
    }

    private String eval(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("EVAL", script, "1", key + "succeeded", key + "job:"));
        command.addAll(arguments);
        return node.get().call(command.toArray(String[]::new));
    }

    /** Redis may just be away: then it is no number. */
    private static Optional<Long> number(String answer) {
        return answer.matches("\\d+") ? Optional.of(Long.parseLong(answer)) : Optional.empty();
    }
}
