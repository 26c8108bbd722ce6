package io.mainstay.scaling;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.store.RedisKeys;
import java.util.List;

/** The jobs of a queue that succeeded, as they are kept, in the order in which they were begun. */
record EndedJobs(List<Run> runs) {

    private static final String ALL = """
            local all = {}
            for _, id in ipairs(redis.call('ZRANGE', KEYS[1] .. 'succeeded', 0, -1)) do
              local job = redis.call('HMGET', KEYS[1] .. 'job:' .. id, 'e', 'b', 'a')
              all[#all + 1] = job[1] .. ' ' .. job[2] .. ' ' .. job[3]
            end
            return all""";

    /** Times in ms since the epoch, those of Redis. */
    record Run(long enqueued, long started, int attempts) {

        double startDelay() {
            return (started - enqueued) / 1000.0;
        }

        private static Run read(String line) {
            String[] fields = line.split(" ");
            return new Run(Long.parseLong(fields[0]), Long.parseLong(fields[1]), Integer.parseInt(fields[2]));
        }
    }

    static EndedJobs of(RedisNode redis, String queue) {
        return new EndedJobs(redis.call("EVAL", ALL, "1", new RedisKeys(new QueueName(queue)).base())
                .lines()
                .filter(line -> !line.isBlank())
                .map(Run::read)
                .toList());
    }

    static long count(RedisNode redis, String queue) {
        return Long.parseLong(redis.call("ZCARD", new RedisKeys(new QueueName(queue)).base() + "succeeded"));
    }

    /** 99 of 100 jobs that were enqueued in that time began within so many seconds. */
    double startDelay99(long from, long until) {
        double[] sorted = runs.stream()
                .filter(run -> run.enqueued() >= from && run.enqueued() < until)
                .mapToDouble(Run::startDelay)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.99) - 1)];
    }

    long triedTwice() {
        return runs.stream().filter(run -> run.attempts() != 1).count();
    }
}
