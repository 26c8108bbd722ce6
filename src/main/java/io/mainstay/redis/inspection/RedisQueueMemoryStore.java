package io.mainstay.redis.inspection;

import io.mainstay.inspection.QueueMemory;
import io.mainstay.inspection.QueueMemoryStore;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link QueueMemoryStore} in Redis. */
public final class RedisQueueMemoryStore implements QueueMemoryStore {

    /** Jobs of each state. */
    private static final int SAMPLED = 8;

    private static final List<String> OTHERS = List.of("apart", "remembered", "handover", "meta", "slots", "receipts");

    private final RedisCalls calls;

    public RedisQueueMemoryStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<QueueMemory> memory(QueueName place) {
        RedisKeys keys = new RedisKeys(place);
        List<String> read = new ArrayList<>();
        for (JobState state : JobState.values()) {
            read.add(keys.state(state));
        }
        OTHERS.forEach(name -> read.add(keys.base() + name));
        List<String> args = List.of(
                keys.jobPrefix(),
                keys.base() + "payload:",
                Integer.toString(SAMPLED),
                Integer.toString(1 + JobState.values().length));
        return calls.run(Script.MEMORY, read, args).map(RedisQueueMemoryStore::read);
    }

    private static QueueMemory read(Response answer) {
        long bytes = answer.get(1).toLong();
        return new QueueMemory(
                answer.get(0).toLong(),
                bytes < 0 ? Optional.empty() : Optional.of(bytes),
                answer.get(2).toInteger());
    }
}
