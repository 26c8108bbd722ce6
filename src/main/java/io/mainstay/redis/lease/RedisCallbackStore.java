package io.mainstay.redis.lease;

import io.mainstay.health.LinkKind;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.lease.callback.CallbackStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import java.util.Optional;

/** {@link CallbackStore} in Redis. */
public final class RedisCallbackStore implements CallbackStore {

    private static final String TOKEN = "t";
    private static final String CLAIMS = "c";

    private final RedisCalls calls;

    public RedisCallbackStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Optional<LatestClaim>> latestClaim(QueueName queue, JobId id) {
        return calls.run(LinkKind.WRITES, Command.HMGET, new RedisKeys(queue).job(id), TOKEN, CLAIMS)
                .map(fields -> fields.get(0) == null || fields.get(1) == null
                        ? Optional.empty()
                        : Optional.of(new LatestClaim(
                                fields.get(1).toLong(), fields.get(0).toString())));
    }
}
