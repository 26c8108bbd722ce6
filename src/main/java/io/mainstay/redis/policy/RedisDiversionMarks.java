package io.mainstay.redis.policy;

import io.mainstay.health.LinkKind;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StoreClock;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.stores.second.Diversions;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link Diversions.Marks} in Redis: a sorted set of queues, by when jobs were last known to go there. */
public final class RedisDiversionMarks implements Diversions.Marks {

    private static final String KEY = SettingKeys.TAG + "policies:diverted";

    private final RedisCalls calls;
    private final StoreClock clock;

    /** @param clock of the same store */
    public RedisDiversionMarks(RedisCalls calls, StoreClock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Uni<Void> put(QueueName queue) {
        return clock.now(queue.inSecondStore())
                .chain(now -> calls.run(
                        LinkKind.WRITES,
                        Command.ZADD,
                        KEY,
                        Long.toString(now.toEpochMilli()),
                        queue.logical().value()))
                .replaceWithVoid();
    }

    /** By the command that Redis 6.0 has; what the client would have instead came with 6.2. */
    @SuppressWarnings("deprecation")
    @Override
    public Uni<Set<QueueName>> within(Duration age) {
        return clock.now(CLOCK)
                .chain(now -> calls.run(
                        LinkKind.READS,
                        Command.ZRANGEBYSCORE,
                        KEY,
                        Long.toString(now.minus(age).toEpochMilli()),
                        "+inf"))
                .map(found -> found.stream()
                        .map(queue -> new QueueName(queue.toString()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Any: there is one clock to each shard, and a minute more or less means nothing here. */
    private static final QueueName CLOCK = new QueueName("any").inSecondStore();
}
