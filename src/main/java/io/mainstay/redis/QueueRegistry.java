package io.mainstay.redis;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The set of known queues. It lives in a slot of its own, so scripts cannot add to it: every enqueue sees to it that
 * its queue is in there first, and remembers for a while that it is.
 */
@Singleton
class QueueRegistry {

    private static final Logger LOG = Logger.getLogger(QueueRegistry.class);

    /** After this long an instance says it again: heals a registry that lost an entry to a failover. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    /** Beyond, the memory starts anew: names come from callers and must not pile up here. */
    private static final int MAX_REMEMBERED = 10_000;

    private final RedisCalls calls;
    private final Map<QueueName, Long> registeredAt = new ConcurrentHashMap<>();

    QueueRegistry(RedisCalls calls) {
        this.calls = calls;
    }

    /**
     * Completes when the queue is known to be registered; a private one never is. To say it again holds nobody up: in a
     * cluster the registry may be away while the queue is not.
     */
    Uni<Void> register(QueueName queue) {
        if (queue.isPrivate()) {
            return Uni.createFrom().voidItem();
        }
        Long at = registeredAt.get(queue);
        if (at == null) {
            return add(queue);
        }
        long now = System.nanoTime();
        if (now - at >= REMEMBERED.toNanos() && registeredAt.replace(queue, at, now)) {
            add(queue).subscribe().with(added -> {}, error -> LOG.debugf(error, "%s not registered again", queue));
        }
        return Uni.createFrom().voidItem();
    }

    Uni<Set<QueueName>> queues() {
        return calls.run(Command.SMEMBERS, RedisKeys.QUEUES).map(names -> {
            Set<QueueName> queues = new TreeSet<>();
            for (Response name : names) {
                queues.add(new QueueName(name.toString()));
            }
            return queues;
        });
    }

    private Uni<Void> add(QueueName queue) {
        return calls.run(Command.SADD, RedisKeys.QUEUES, queue.value())
                .invoke(() -> remember(queue))
                .replaceWithVoid();
    }

    private void remember(QueueName queue) {
        if (registeredAt.size() >= MAX_REMEMBERED) {
            registeredAt.clear();
        }
        registeredAt.put(queue, System.nanoTime());
    }
}
