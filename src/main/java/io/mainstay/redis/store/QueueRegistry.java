package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisLinks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The names of all queues, by which every instance finds the jobs that there are.
 *
 * <p>Invariant: a Redis that has a job has the name of its queue. What one command wrote may be lost while Redis keeps what
 * another one wrote, and an instance that knows the name may die at any moment. So each script that makes a job, or makes
 * one ready again, writes the name too, into a registry in the slot of the queue ({@link #declared}). One Redis has all
 * slots, and one registry, which everybody reads. A cluster has one registry in each slot ({@link SlotRegistries}), and an
 * index of them, the key that everybody reads. Commands of their own write to the index: sent by who enqueues, by everybody who
 * comes across a queue with something in it, and by {@link RegistryWalk}.
 *
 * <p>What an instance has registered it registers again after a while, and at once when Redis may have forgotten it
 * ({@link RegistryKeeper}). Thread-safe.
 *
 * <p>Rejected: the index alone, told before the job is acknowledged. Its shard may lose what the shard of the job keeps; and
 * an enqueue would fail with either of two shards.
 */
final class QueueRegistry {

    private static final Logger LOG = Logger.getLogger(QueueRegistry.class);

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    /** Beyond, the memory starts anew: names come from callers and must not pile up here. */
    private static final int MAX_REMEMBERED = 10_000;
    /** Calls under way when all is registered again. */
    private static final int AT_A_TIME = 16;
    /** At most half a MiB. One call in all while there are no more. */
    private static final String NAMES_A_CALL = "5000";

    private static final String FIRST_CURSOR = "0";

    private final RedisCalls calls;
    private final RedisLinks links;
    private final Map<QueueName, Long> toldAt = new ConcurrentHashMap<>();
    /** To be told once more, see {@link #tellOwed}. */
    private final Set<QueueName> owed = ConcurrentHashMap.newKeySet();

    QueueRegistry(RedisCalls calls, RedisLinks links) {
        this.calls = calls;
        this.links = links;
    }

    /** What a script that makes jobs of the queue declares as its last key; nothing for a private queue, which is in no registry. */
    List<String> declared(QueueName queue) {
        return queue.isPrivate() ? List.of() : List.of(besideJobs(queue));
    }

    /**
     * To be waited for, beside such a script, before a caller gets the answer that there is a job. Completes when the index knows the
     * queue, as far as is remembered: to say it again holds nobody up, for in a cluster the index may be away while the queue
     * is not.
     */
    Uni<Void> register(QueueName queue) {
        if (!queue.isPrivate() && !links.clustered()) {
            // By the script.
            remember(queue);
        } else if (!queue.isPrivate() && !toldAt.containsKey(queue)) {
            return tell(queue);
        } else {
            seen(queue);
        }
        return Uni.createFrom().voidItem();
    }

    /** Somebody found something in a queue. Returns at once. */
    void seen(QueueName queue) {
        if (queue.isPrivate()) {
            return;
        }
        Long at = toldAt.get(queue);
        long now = System.nanoTime();
        if (at == null || now - at >= REMEMBERED.toNanos()) {
            // One of those who come across it at the same time is enough.
            remember(queue);
            tell(queue).subscribe().with(told -> {}, error -> failed(queue, error));
        }
    }

    /** Redis may have lost all that was registered. */
    void doubt() {
        owed.addAll(toldAt.keySet());
    }

    /** Whether there is something that could not be told yet, or has to be told again. */
    boolean owes() {
        return !owed.isEmpty();
    }

    /** Tells that; what fails stays owed. Never fails. */
    Uni<Void> tellOwed() {
        return Multi.createFrom()
                .iterable(List.copyOf(owed))
                .onItem()
                .transformToUni(queue -> {
                    // First, for a doubt that comes meanwhile is about this, too.
                    owed.remove(queue);
                    return tell(queue).onFailure().recoverWithUni(error -> {
                        failed(queue, error);
                        return Uni.createFrom().voidItem();
                    });
                })
                .merge(AT_A_TIME)
                .collect()
                .last()
                .replaceWithVoid();
    }

    Uni<Set<QueueName>> queues() {
        return Uni.createFrom().deferred(() -> scan(FIRST_CURSOR, new TreeSet<>()));
    }

    private Uni<Set<QueueName>> scan(String cursor, Set<QueueName> found) {
        return calls.run(LinkKind.WRITES, Command.SSCAN, RedisKeys.QUEUES, cursor, "COUNT", NAMES_A_CALL)
                .chain(answer -> {
                    found.addAll(names(answer.get(1)));
                    String next = answer.get(0).toString();
                    return FIRST_CURSOR.equals(next) ? Uni.createFrom().item(found) : scan(next, found);
                });
    }

    /** What is no name of a queue was written by somebody else and is left out. */
    static Set<QueueName> names(Response members) {
        Set<QueueName> queues = new TreeSet<>();
        for (Response member : members) {
            try {
                queues.add(new QueueName(member.toString()));
            } catch (InvalidValueException e) {
                LOG.debugf("Left out of the queues: %s", e.getMessage());
            }
        }
        return queues;
    }

    /** Has every registry know the queue. */
    Uni<Void> tell(QueueName queue) {
        Uni<Response> index = add(RedisKeys.QUEUES, queue);
        Uni<Response> told = links.clustered()
                ? Uni.combine().all().unis(index, add(besideJobs(queue), queue)).with((first, second) -> first)
                : index;
        return told.invoke(() -> remember(queue)).replaceWithVoid();
    }

    private Uni<Response> add(String registry, QueueName queue) {
        return calls.run(LinkKind.WRITES, Command.SADD, registry, queue.value());
    }

    private void failed(QueueName queue, Throwable error) {
        LOG.debugf(error, "%s not registered; the next try comes soon", queue);
        owed.add(queue);
    }

    private String besideJobs(QueueName queue) {
        return links.clustered() ? SlotRegistries.beside(new RedisKeys(queue).meta()) : RedisKeys.QUEUES;
    }

    private void remember(QueueName queue) {
        if (toldAt.size() >= MAX_REMEMBERED && !toldAt.containsKey(queue)) {
            toldAt.clear();
            owed.clear();
        }
        toldAt.put(queue, System.nanoTime());
    }
}
