package io.mainstay.redis.policy;

import io.mainstay.job.QueueName;
import io.mainstay.policy.PlaceStore;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** {@link PlaceStore} in Redis. */
public final class RedisPlaceStore implements PlaceStore {

    private final RedisCalls calls;

    public RedisPlaceStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> close(QueueName place, long epoch) {
        return set(place, Long.toString(epoch), "");
    }

    @Override
    public Uni<Void> open(QueueName place, long epoch) {
        return set(place, "<" + epoch, "");
    }

    @Override
    public Uni<Void> note(QueueName queue, QueuePolicy policy) {
        return set(queue, "", policy.partitions() + " " + policy.critical().wireName());
    }

    @Override
    public Uni<Void> forget(QueueName queue) {
        return set(queue, "", "-");
    }

    private Uni<Void> set(QueueName place, String epoch, String policy) {
        RedisKeys keys = new RedisKeys(place);
        return calls.run(Script.LAYOUT, List.of(keys.meta()), List.of(keys.jobPrefix(), epoch, policy))
                .replaceWithVoid();
    }
}
